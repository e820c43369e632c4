import { createTransport, type Transporter } from 'nodemailer';
import type { SmtpSettings } from '../channel-settings.ts';
import type { TargetOf } from '../target.ts';
import { letterHtml, letterText } from './letter.ts';
import type { Message } from './message.ts';
import { SendTrouble } from './send-trouble.ts';

/** What nodemailer's errors tell: its own code, and the server's answer if there was one. */
interface SmtpError extends Error {
  readonly code?: string;
  readonly responseCode?: number;
  readonly response?: string;
}

const words: Readonly<Record<string, string>> = {
  ECONNECTION: 'the mail server cannot be reached.',
  ESOCKET: 'the mail server cannot be reached.',
  EDNS: 'the name of the mail server is not known.',
  ETIMEDOUT: 'the mail server did not answer in time.',
  ETLS: 'the mail server could not agree on encryption.',
  EAUTH: 'the mail server does not accept our user and password.',
};

/** RFC 3463: 5.1.x is about the address itself, 5.2.1 a mailbox that is closed. Without such a code 550 means as much. */
const meansNoSuchAddress = (code: number, response: string): boolean =>
  / 5\.(1\.[1236]|2\.1) /.test(` ${response} `) || ([550, 551, 553].includes(code) && !/\b5\.\d\.\d/.test(response));

function troubleOf(error: SmtpError): SendTrouble {
  const { responseCode = 0, response = '', code = '' } = error;
  // What the server says of us and not of the message passes when somebody has set it right.
  if (code === 'EAUTH' || code === 'ETLS' || responseCode < 500)
    return new SendTrouble('RETRY', words[code] ?? `The mail server answered ${response.slice(0, 200)}`, undefined, {
      cause: error,
    });
  const said = `The mail server answered ${response.slice(0, 200)}`;
  if (code === 'EENVELOPE' && meansNoSuchAddress(responseCode, response)) return new SendTrouble('SWITCH_OFF', said);
  return new SendTrouble('GIVE_UP', said);
}

/** Sends letters over a few connections that stay open. */
export class EmailSender {
  readonly #transport: Transporter;
  readonly #from: string;
  readonly #domain: string;

  constructor({ url, from, requireTls }: SmtpSettings, timeoutMs: number) {
    const { protocol, hostname, port, username, password } = new URL(url);
    const isSecure = protocol === 'smtps:';
    this.#transport = createTransport({
      host: hostname.replace(/^\[(.*)\]$/, '$1'),
      port: port === '' ? (isSecure ? 465 : 587) : Number(port),
      secure: isSecure,
      requireTLS: requireTls,
      ...(username ? { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } } : {}),
      pool: true,
      maxConnections: 3,
      // For as long as one letter follows another.
      idleTimeout: 2_000,
      connectionTimeout: timeoutMs,
      greetingTimeout: timeoutMs,
      socketTimeout: timeoutMs,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    this.#from = from;
    this.#domain = /@([^>\s]+)/.exec(from)?.[1] ?? 'localhost';
  }

  async send({ address }: TargetOf<'EMAIL'>, message: Message): Promise<void> {
    try {
      await this.#transport.sendMail({
        from: this.#from,
        to: { name: '', address },
        subject: message.title,
        text: letterText(message),
        html: letterHtml(message),
        // One id in every try: a mail program shows it once.
        messageId: `<${message.id}@${this.#domain}>`,
        headers: {
          'Auto-Submitted': 'auto-generated',
          'Content-Language': message.language.toLowerCase(),
          ...(message.urgent ? { Importance: 'high' } : {}),
        },
      });
    } catch (error) {
      throw troubleOf(error as SmtpError);
    }
  }

  close(): void {
    this.#transport.close();
  }
}
