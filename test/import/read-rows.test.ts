import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { messageOf } from '../../functions/domain/messages.ts';
import { Rejection } from '../../functions/domain/problem.ts';
import { CsvSyntaxError } from '../../infra/import/csv-rows.ts';
import { KINDS } from '../../infra/import/kinds.ts';
import { type ImportRow, locate, readRows, type UnreadableRow } from '../../infra/import/read-rows.ts';
import { createFolder, type Folder } from './files.ts';

let files: Folder;
beforeAll(async () => {
  files = await createFolder();
});
afterAll(() => files.remove());

const read = async (kind: keyof typeof KINDS, content: string | Uint8Array) => {
  const rows: (ImportRow | UnreadableRow)[] = [];
  for await (const row of readRows(KINDS[kind], await files.write(content))) rows.push(row);
  return rows;
};

const places = (row: ImportRow | UnreadableRow | undefined) =>
  row?.kind === 'unreadable'
    ? row.problems.map(({ line, column, problem }) => [line, column, problem.code])
    : [];

describe('a file of rows', () => {
  it('becomes inputs, an empty cell null and a missing column nothing, and keeps the line numbers', async () => {
    const rows = await read('units', 'code,name,kind,parentCode\nA,"Dinas ""A""",DINAS,\n\nB,Unit B,UPT,A\n');
    expect(rows.map((row) => row.kind === 'row' && [row.lines, row.input])).toEqual([
      [[2], { code: 'A', name: 'Dinas "A"', kind: 'DINAS', parentCode: null }],
      [[4], { code: 'B', name: 'Unit B', kind: 'UPT', parentCode: 'A' }],
    ]);
  });

  it('skips the rows that a spreadsheet writes as delimiters alone', async () => {
    const rows = await read('units', 'code,name,kind\nA,Dinas A,DINAS\n,,\n;\nB,Unit B,UPT\n,,\n');
    expect(rows.map((row) => [row.kind, row.lines])).toEqual([
      ['row', [2]],
      ['unreadable', [4]],
      ['row', [5]],
    ]);
  });

  it('names a thing once: the second line is refused, and says where the first is', async () => {
    const rows = await read(
      'staff',
      `nip,name,employment,unitCode,position,jobGroup,from\n${[
        '1,A,PNS,U,Staf,PELAKSANA,2026-01-01',
        '1,A,PNS,V,Staf,PELAKSANA,2026-05-01',
        '2,B,PNS,U,Staf,PELAKSANA,2026-01-01',
        '1,C,PNS,W,Staf,PELAKSANA,2026-01-01',
      ].join('\n')}\n`,
    );
    expect(rows.map(places)).toEqual([[], [], [], [[5, 'nip', 'DUPLICATE']]]);
    const [problem] = rows[3]?.kind === 'unreadable' ? rows[3].problems : [];
    expect(problem && messageOf(problem.problem, 'id')).toBe(
      'Tercantum lebih dari sekali (pertama pada baris 2).',
    );
    const twice = await read(
      'realisations',
      'ownerKind,owner,lineId,month,value\nUNIT,A,L1,2026-01,1\nUNIT,A,L1,2026-02,1\nUNIT,A,L1,2026-01,1\n',
    );
    expect(twice.map(places)).toEqual([[], [], [[4, 'owner', 'DUPLICATE']]]);
  });

  it('may come from a spreadsheet: byte order mark, semicolons, CRLF, line breaks in quotes', async () => {
    const rows = await read(
      'units',
      '\uFEFFcode;name;kind\r\nA;"Dinas\r\nKesehatan, Kota";DINAS\r\nB;;UPT\r\n',
    );
    expect(rows[0]).toMatchObject({ lines: [2], input: { name: 'Dinas\r\nKesehatan, Kota' } });
    expect(places(rows[1])).toEqual([[4, 'name', 'REQUIRED']]);
  });

  it('reads numbers, words, months, dates and ranges, and names what is none', async () => {
    const header = 'ownerKind,owner,lineId,month,value,evidence\n';
    const [good, bad] = await read(
      'realisations',
      `${header}UNIT,A,L1,2026-01,61.95,https://a.id/1 https://a.id/2\nDINAS,A,L1,2026-13,"61,95",x\n`,
    );
    expect(good).toMatchObject({ input: { value: '61.95', evidence: ['https://a.id/1', 'https://a.id/2'] } });
    expect(places(bad)).toEqual([
      [3, 'ownerKind', 'INVALID_FORMAT'],
      [3, 'month', 'INVALID_FORMAT'],
      [3, 'value', 'INVALID_FORMAT'],
    ]);
    const [rating] = await read(
      'ratings',
      'periodId,rateeNip,group,rater,instrumentId,scores\n2026-Q1,1,PEER,2,berakhlak,4 5 3\n',
    );
    expect(rating).toMatchObject({ input: { scores: [4, 5, 3] } });
  });

  it('says in the words of the reader what a whole number and a date are', async () => {
    const [row] = await read('units', 'code,name,kind,headFrom,shardCount\nA,x,y,2026-02-30,many\n');
    const problems = row?.kind === 'unreadable' ? row.problems.map(({ problem }) => problem) : [];
    const said = (locale: 'id' | 'en') => problems.map((found) => messageOf(found, locale));
    expect(said('id')).toEqual([
      'Bentuknya tidak sesuai; yang diharapkan: tanggal yang ada, YYYY-MM-DD.',
      'Bentuknya tidak sesuai; yang diharapkan: bilangan bulat.',
    ]);
    expect(said('en')).toEqual([
      'Not in the right form; expected: a date that exists, YYYY-MM-DD.',
      'Not in the right form; expected: a whole number.',
    ]);
  });

  it('with a row of another length is refused in that row', async () => {
    const rows = await read('units', 'code,name,kind\nA,x\n');
    expect(places(rows[0])).toEqual([[2, null, 'WRONG_COLUMNS']]);
  });
});

describe('a file of plans', () => {
  const header =
    'nip,year,lineId,indicatorCode,weight,target,target03,servesPlanId,servesLineId,servesRole\n';

  it('takes consecutive lines of one owner and year as one plan', async () => {
    const rows = await read(
      'plans',
      `${header}1,2026,L1,K1,5000,80..90,,,,\n1,2026,L2,K2,5000,,7,p,L9,CARRIES\n2,2026,L1,K1,,100,,,,\n`,
    );
    expect(rows).toMatchObject([
      {
        lines: [2, 3],
        input: {
          nip: '1',
          year: 2026,
          lines: [
            { id: 'L1', indicatorCode: 'K1', weight: 5000, target: { low: '80', high: '90' } },
            {
              id: 'L2',
              serves: { planId: 'p', lineId: 'L9', role: 'CARRIES' },
              monthlyTargets: [{ month: '2026-03', target: { value: '7' } }],
            },
          ],
        },
      },
      { lines: [4], input: { nip: '2' } },
    ]);
  });

  it('refuses the whole plan for one bad line, and a plan that begins a second time', async () => {
    const rows = await read(
      'plans',
      `${header}1,2026,L1,K1,,1,,,,\n1,2026,,K2,,1,,,,\n2,2026,L1,K1,,1,,,,\n1,2026,L3,K3,,1,,,,\n`,
    );
    expect(rows.map((row) => [row.kind, row.lines, places(row)])).toEqual([
      ['unreadable', [2, 3], [[3, 'lineId', 'REQUIRED']]],
      ['row', [4], []],
      ['unreadable', [5], [[5, 'nip', 'DUPLICATE']]],
    ]);
  });

  it('is where the problems of the service are found again', async () => {
    const rows = (
      await read('plans', `${header}1,2026,L1,K1,,,1,,,\n2,2026,L1,K1,,1,,,,\n2,2026,L2,K2,,,5,,,\n`)
    ).filter((row) => row.kind === 'row');
    const place = (path: string) => locate(KINDS.plans, rows, path.split('.'));
    expect(place('rows.1.nip')).toEqual({ index: 1, line: 3, column: 'nip' });
    expect(place('rows.1.lines.1.weight')).toEqual({ index: 1, line: 4, column: 'weight' });
    expect(place('rows.1.lines.1.id')).toEqual({ index: 1, line: 4, column: 'lineId' });
    expect(place('rows.1.lines.1.serves.planId')).toEqual({ index: 1, line: 4, column: 'servesPlanId' });
    expect(place('rows.1.lines.1.monthlyTargets.0.target')).toEqual({
      index: 1,
      line: 4,
      column: 'target03',
    });
    expect(place('rows.1.lines.1.targets.03')).toEqual({ index: 1, line: 4, column: 'target03' });
    expect(place('rows.1.lines')).toEqual({ index: 1, line: 3, column: null });
    expect(place('input.rows.0.year')).toEqual({ index: 0, line: 2, column: 'year' });
    expect(place('rows')).toBeNull();
  });
});

describe('a file that cannot be read', () => {
  const rejection = async (content: string | Uint8Array) => {
    const error: unknown = await read('units', content).catch((thrown: unknown) => thrown);
    return error instanceof Rejection ? error.problems[0] : error;
  };

  it('says which columns are missing, unknown and allowed', async () => {
    expect(await rejection('code,nama,code\nA,B,C\n')).toMatchObject({
      code: 'WRONG_COLUMNS',
      params: {
        missing: 'name, kind',
        unknown: '"nama", "code"',
        allowed: 'code, name, kind, parentCode, mission, headNip, headFrom, shardCount',
      },
    });
    expect(await rejection('')).toMatchObject({ code: 'WRONG_COLUMNS' });
  });

  it('says in which line it is no UTF-8', async () => {
    const bytes = Buffer.concat([
      Buffer.from('code,name,kind\nA,Caf'),
      Buffer.from([0xe9]),
      Buffer.from(',X\n'),
    ]);
    expect(await rejection(bytes)).toMatchObject({ code: 'INVALID_ENCODING', params: { line: 2, byte: 20 } });
  });

  it('says from which line on it is no CSV', async () => {
    const error = await rejection('code,name,kind\nA,x,y\nB,"x,y\nC,x,y\nD,x,y\n');
    expect(error).toBeInstanceOf(CsvSyntaxError);
    expect(error).toMatchObject({ line: 3 });
    const quoted = await rejection('code,name,kind\r\nA,"x\r\nz",y\r\nB,"x,y\r\nC,x,y\r\n');
    expect(quoted).toMatchObject({ line: 4 });
  });
});
