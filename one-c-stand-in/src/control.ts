import type { Callback } from './callback.ts';
import { type Fault, faults, isFault } from './fault.ts';
import type { Trigger } from './trigger.ts';

/** What may be switched from outside while it runs. */
interface Controlled {
  fault: Fault;
  readonly triggers: readonly Trigger[];
  readonly callbacks: readonly Callback[];
  set(warehouse: string, code: string, quantity: number | string): void;
}

const shown = 20;

/**
 * `GET /control` tells what happened; `POST /control/fault/<name>` and `POST /control/stock/<warehouse>/<code>/<quantity>`
 * change what will. By path alone, so that it is quickly typed behind `curl -X POST`.
 */
export function answerControl(oneC: Controlled, method: string, pathname: string): [number, object] {
  const [, , what, ...rest] = pathname.split('/').map(decodeURIComponent);
  if (!what) {
    const { fault, triggers, callbacks } = oneC;
    return [200, { fault, faults, triggers: triggers.slice(-shown), callbacks: callbacks.slice(-shown) }];
  }
  if (method !== 'POST') return [405, { error: 'a change is a POST, as curl -X POST' }];
  if (what === 'fault') return switchFault(oneC, rest[0] ?? '');
  if (what === 'stock') return setStock(oneC, rest);
  return [404, { error: 'there are /control, /control/fault/<name> and /control/stock/<warehouse>/<code>/<quantity>' }];
}

function switchFault(oneC: Controlled, name: string): [number, object] {
  if (!isFault(name)) return [400, { error: `the faults are ${Object.keys(faults).join(', ')}` }];
  oneC.fault = name;
  return [200, { fault: name, meaning: faults[name] }];
}

function setStock(oneC: Controlled, [warehouse, code, quantity]: readonly string[]): [number, object] {
  if (!warehouse || !code || !quantity) return [400, { error: 'write /control/stock/<warehouse>/<code>/<quantity>' }];
  const number = Number(quantity);
  oneC.set(warehouse, code, Number.isFinite(number) ? number : quantity);
  return [200, { warehouse, code, quantity: Number.isFinite(number) ? number : quantity }];
}
