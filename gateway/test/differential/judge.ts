import type { ExecutionResult, GraphQLFormattedError } from 'graphql';
import { difference, essence, isPartOf, type Landed, landingOf, missingFrom } from './answers.ts';
import type { Outcome } from './engines.ts';
import { type MonolithAnswer, placeOf } from './monolith.ts';

/** What the operation comes to by GraphQL alone, in the form of an outcome. */
export const plainly = ({ errors = [], data }: ExecutionResult): Pick<Outcome, 'data' | 'errors'> => ({
  data: data === undefined ? undefined : JSON.parse(JSON.stringify(data)),
  errors: errors.map((error) => JSON.parse(JSON.stringify(error))),
});

const isLoss = ({ extensions }: GraphQLFormattedError): boolean => extensions?.code === 'LOST';

/**
 * What an answer owes to the whole of the data, as graphql-js finds them without Federation; nothing where it owes none.
 * It may say more in three ways: of an entity that one subgraph has lost, of what was needed for a field though nobody
 * asked for it, and of more than one fault below a null (the specification asks for one, and executors differ).
 */
export function troubleWithTruth(outcome: Outcome, monolith: MonolithAnswer): string | undefined {
  const truth = plainly(monolith.result);
  const data = difference(outcome.data, truth.data);
  if (data) return `data differ from graphql-js ${data}`;
  // graphql-js stops where a null has taken all data away; gateways go on.
  const ran = truth.data === null ? outcome.log.slice(0, monolith.log.length) : outcome.log;
  const order = difference(ran, monolith.log);
  if (order) return `mutations ran in another order ${order}`;
  const said = outcome.errors.map((error) => landingOf(outcome.data, error));
  const told = truth.errors.map((error) => landingOf(truth.data, error));
  const misplaced = said.find((one) => isMisplaced(one, monolith));
  if (misplaced) return `an error is at the wrong place: ${essence(misplaced.error)}`;
  const exact = (all: readonly Landed[]) =>
    all.filter(({ error, landing }) => !isLoss(error) && landing === 'null').map(({ error }) => essence(error));
  const below = (all: readonly Landed[]) =>
    all.filter(({ landing }) => landing === 'above').map(({ place }) => placeOf(place));
  const lacking = missingFrom(exact(told), exact(said));
  if (lacking.length > 0) return `errors are missing: ${lacking.join('; ')}`;
  const invented = missingFrom(exact(said), exact(told));
  if (invented.length > 0) return `errors are invented: ${invented.join('; ')}`;
  // An error explains what is missing below its place.
  const places = said.map(({ place }) => placeOf(place));
  const isExplained = (place: string) => places.some((one) => place === one || place.startsWith(`${one}/`));
  const unexplained = below(told).filter((place) => !isExplained(place));
  if (unexplained.length > 0) return `no error explains the nulls at ${unexplained.join('; ')}`;
  const unfounded = missingFrom(below(said.filter(({ error }) => !isLoss(error))), below(told));
  return unfounded.length > 0 ? `errors speak of places below ${unfounded.join('; ')}` : undefined;
}

/** Whether an error that names a thing stands where another is. */
function isElsewhere({ error, landing, place }: Landed, { things }: MonolithAnswer): boolean {
  const [, ofField, ofEntity] = /of (\S+) is broken$|^(\S+) is lost in/.exec(error.message) ?? [];
  const path = error.path ?? [];
  const there = things.get(placeOf(ofField ? path.slice(0, -1) : path));
  const thing = ofField ?? ofEntity;
  // What is needed elsewhere may have other arguments than what the client asked for by the same name.
  const entityOf = (at: string | undefined) => at?.split('/')[0];
  if (thing === undefined) return false;
  if (there !== undefined) return entityOf(there) !== entityOf(thing);
  // What was needed of a thing though nobody asked for it is told below that thing.
  const above = place.map((_, depth) => things.get(placeOf(place.slice(0, depth + 1))));
  return landing === 'unasked' && !above.some((at) => entityOf(at) === entityOf(thing));
}

/** An error must stand where the thing is that it names, or lead to a null. */
function isMisplaced(landed: Landed, monolith: MonolithAnswer): boolean {
  const { error, landing } = landed;
  if (isElsewhere(landed, monolith)) return true;
  // What is needed elsewhere may be called like something that the client has a value of.
  if (/ is broken$/.test(error.message) && landing === 'value') return false;
  return !isLoss(error) && (landing === 'value' || landing === 'nowhere');
}

/** What an answer owes to the whole of the data where subgraphs are down: any part may be missing, none may be wrong. */
export function troubleWhileDown(outcome: Outcome, monolith: MonolithAnswer): string | undefined {
  const truth = plainly(monolith.result);
  if (!isPartOf(outcome.data, truth.data))
    return `it holds what graphql-js does not: ${difference(outcome.data, truth.data)}`;
  const elsewhere = outcome.errors
    .map((error) => landingOf(outcome.data, error))
    .find((one) => isElsewhere(one, monolith));
  if (elsewhere) return `an error is at the wrong place: ${essence(elsewhere.error)}`;
  const isWhole = difference(outcome.data, truth.data) === undefined;
  return isWhole || outcome.errors.length > 0 ? undefined : 'parts are missing without an error';
}

/** In what two gateways with the same planner are not the same. */
export function troubleWithApollo(own: Outcome, apollo: Outcome, isDown: boolean): string | undefined {
  const differing = difference(own.data, apollo.data);
  // Where a subgraph is down Apollo may lose what others told; all that ours holds is known to be true.
  if (differing && isDown && isPartOf(apollo.data, own.data)) return undefined;
  if (differing) return `data differ from Apollo’s ${differing}`;
  const isOfOurs = ({ message }: GraphQLFormattedError) =>
    /^(Cannot return null|Invalid value found|Invalid __typename found)/.test(message);
  // Below a null nobody can tell where things were, and Apollo miscounts them.
  const told = ({ error, landing }: Landed) => (landing === 'above' ? error.message : essence(error));
  // Nor is it said whether anybody still asks there: what both owe has been judged, unless parts may be missing.
  const isCompared = ({ error, landing }: Landed) => !isOfOurs(error) && (isDown || landing !== 'above');
  const of = ({ data, errors }: Outcome) =>
    errors
      .map((error) => landingOf(data, error))
      .filter(isCompared)
      .map(told);
  const [lacking, invented] = [missingFrom(of(apollo), of(own)), missingFrom(of(own), of(apollo))];
  if (lacking.length > 0) return `Apollo’s errors are missing: ${lacking.join('; ')}`;
  return invented.length > 0 ? `errors are none of Apollo’s: ${invented.join('; ')}` : undefined;
}
