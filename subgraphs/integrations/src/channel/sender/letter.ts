import type { LanguageName } from '@gastronom/shared/notification';
import type { Message } from './message.ts';

const footers: Readonly<Record<LanguageName, string>> = {
  EN: 'You get this letter as your notification settings say.',
  SV: 'Du får det här brevet enligt dina aviseringsinställningar.',
  RU: 'Вы получили это письмо согласно настройкам уведомлений.',
};
const links: Readonly<Record<LanguageName, string>> = { EN: 'Open', SV: 'Öppna', RU: 'Открыть' };

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => entities[character] ?? '');

export const letterText = ({ body, link, language }: Message): string =>
  [body, link, `-- \n${footers[language]}`].filter(Boolean).join('\n\n');

/** Plain markup that every mail program shows, and nothing that is fetched from elsewhere. */
export function letterHtml({ title, body, link, language }: Message): string {
  const paragraphs = body
    .split('\n\n')
    .map((text) => `<p style="margin:0 0 16px">${escaped(text).replaceAll('\n', '<br>')}</p>`)
    .join('\n');
  const button = link
    ? `<p style="margin:0 0 16px"><a href="${escaped(link)}" style="color:#0b6e4f">${links[language]}</a></p>`
    : '';
  return `<!doctype html>
<html lang="${language.toLowerCase()}">
<head><meta charset="utf-8"><title>${escaped(title)}</title></head>
<body style="margin:0;padding:24px;font:16px/1.5 sans-serif;color:#222">
<h1 style="margin:0 0 16px;font-size:20px">${escaped(title)}</h1>
${paragraphs}
${button}
<p style="margin:24px 0 0;font-size:13px;color:#666">${footers[language]}</p>
</body>
</html>`;
}
