import { crc32 } from 'node:zlib';
import { expect, test } from 'vitest';
import { zipOf } from '../../../functions/documents/zip.ts';
import { zipFiles } from '../../support/zip-files.ts';

const FILES = [
  { name: '0001-citra.pdf', bytes: Buffer.from('first') },
  { name: '0002-dewi.pdf', bytes: Buffer.alloc(0) },
  { name: '0003-eka.pdf', bytes: Buffer.alloc(70_000, 7) },
];

test('an archive gives back its files, and is the same for the same files', () => {
  const archive = zipOf(FILES);
  expect([...zipFiles(archive)]).toEqual(FILES.map(({ name, bytes }) => [name, bytes]));
  expect(Buffer.compare(zipOf(FILES), archive)).toBe(0);
  // Of the first file, in its own header.
  expect(Buffer.from(archive).readUInt32LE(14)).toBe(crc32(Buffer.from('first')));
});

test('an archive can be empty', () => {
  expect(zipFiles(zipOf([])).size).toBe(0);
});
