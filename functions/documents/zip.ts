import { crc32 } from 'node:zlib';

export const ZIP_TYPE = 'application/zip';

/** A file in an archive. */
export interface ZipEntry {
  /** ASCII; folders with `/`. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** 1 January 1980, the first day that the format knows: the same files are the same archive. */
const DATE = 0x21;
const VERSION = 20;
const MOST_ENTRIES = 65_535;
const MOST_BYTES = 0xffff_ffff;

/**
 * An archive of files as they are (PKWARE APPNOTE 6.3, method 0: a PDF is compressed already).
 * @throws RangeError beyond 65,535 files or 4 GB, which take another form of the format
 */
export function zipOf(entries: readonly ZipEntry[]): Uint8Array {
  const local: Uint8Array[] = [];
  const central: Uint8Array[] = [];
  let offset = 0;
  for (const { name, bytes } of entries) {
    const fileName = Buffer.from(name, 'latin1');
    // What both headers say of the file, from the version needed to the length of the extra field.
    const about = Buffer.alloc(26);
    about.writeUInt16LE(VERSION, 0);
    about.writeUInt16LE(DATE, 8);
    about.writeUInt32LE(crc32(bytes), 10);
    about.writeUInt32LE(bytes.byteLength, 14);
    about.writeUInt32LE(bytes.byteLength, 18);
    about.writeUInt16LE(fileName.length, 22);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(checked(offset, MOST_BYTES), 10);
    local.push(signature(0x0403_4b50), about, fileName, bytes);
    central.push(signature(0x0201_4b50), word(VERSION), about, place, fileName);
    offset += 30 + fileName.length + bytes.byteLength;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(checked(entries.length, MOST_ENTRIES), 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(checked(offset, MOST_BYTES), 12);
  return Buffer.concat([...local, directory, signature(0x0605_4b50), end]);
}

const signature = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};

const word = (value: number): Buffer => Buffer.from([value & 0xff, value >> 8]);

function checked(value: number, most: number): number {
  if (value > most) throw new RangeError('too much for an archive of this form');
  return value;
}
