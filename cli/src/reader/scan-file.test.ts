import { describe, expect, it } from '@jest/globals';
import { UsageError } from '../cli-error.ts';
import { ExitCode } from '../exit-code.ts';
import { folderOf, readFiles, readPaths } from '../testing/read-files.ts';

describe('a file that is no data', () => {
  it.each([
    ['an empty file', '', 'is empty'],
    ['a web page', '\uFEFF\n<!DOCTYPE html><html><body>Login</body></html>', 'is an HTML page'],
    ['a workbook', Buffer.from('504b0304140006000800', 'hex'), 'is a ZIP archive or an .xlsx workbook'],
    ['an old workbook', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'is an old Excel workbook'],
    ['a compressed file', Buffer.from('1f8b0800', 'hex'), 'is compressed with gzip'],
    ['a binary file', Buffer.from([1, 0, 2, 0, 0, 255]), 'is a binary file'],
    [
      'other XML',
      '<?xml version="1.0"?><rss version="2.0"></rss>',
      'is XML but not CommerceML: its first element is <rss>',
    ],
  ])('is refused: %s', async (_, content, message) => {
    const reading = readFiles({ 'a.dat': content });

    await expect(reading).rejects.toThrow(message);
    await expect(reading).rejects.toMatchObject({ exitCode: ExitCode.usage });
  });

  it('is refused when it is not there, or an empty folder', async () => {
    await expect(readPaths(['/nowhere/a.csv'])).rejects.toThrow('/nowhere/a.csv: there is no such file');
    await expect(readPaths([folderOf({ 'a.txt': 'x' })])).rejects.toThrow('holds no XML files');
  });

  it('is refused beside another that is none of one export', async () => {
    const reading = readFiles({ 'a.csv': 'sku;name\n1;a\n', 'b.jsonl': '{"sku":"1","name":"a"}' });

    await expect(reading).rejects.toThrow(UsageError);
  });

  it('is refused in an encoding that nobody knows', async () => {
    await expect(readFiles({ 'a.csv': 'sku;name\n1;a\n' }, { encoding: 'klingon' })).rejects.toThrow(
      '--encoding klingon is not known',
    );
  });
});
