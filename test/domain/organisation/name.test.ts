import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { comparable, comparablePerson, isNamed } from '../../../functions/domain/organisation/name.ts';

describe('a name is compared', () => {
  test.each([
    ['Siti Nurhaliza, S.Kep.', 'siti-nurhaliza-s-kep'],
    ['  I GUSTI   Ngurah ', 'i-gusti-ngurah'],
    ['Éka Ñusa', 'eka-nusa'],
    ['-', ''],
  ])('%s as "%s"', (name, compared) => {
    expect(comparable(name)).toBe(compared);
    expect(comparablePerson(name)).toBe(compared);
  });

  test.each([
    ['dr. Siti Aminah, Sp.A.', 'siti-aminah-sp-a'],
    ['Prof. Dr. Ir. H. Bambang', 'bambang'],
    ['Drs. M. Yusuf', 'm-yusuf'],
    ['Ir Hidayat', 'hidayat'],
    ['R. Ajeng Drajat', 'r-ajeng-drajat'],
    ['Ahmad Dr', 'ahmad-dr'],
    ['Hj.', 'hj'],
    ['dr. H.', 'h'],
  ])('%s without the titles before it as "%s"', (name, compared) => {
    expect(comparablePerson(name)).toBe(compared);
  });
});

describe('a person is found', () => {
  const named = 'dr. Hj. Siti Aminah, Sp.A.';

  test.each(['siti', 'SITI am', 'aminah', 'Siti Aminah, Sp', 'hj siti', 'dr. siti', 'sp.a'])(
    'by "%s"',
    (written) => {
      expect(isNamed(named, written)).toBe(true);
    },
  );

  test.each(['iti', 'minah', 'aminah siti', 'hj', 'siti  b'])('not by "%s"', (written) => {
    expect(isNamed(named, written)).toBe(false);
  });

  test('by every beginning of the name, with the titles before it and without them', () => {
    const titles = fc.array(fc.constantFrom('dr.', 'Hj.', 'Ir.', 'Prof.'), { maxLength: 3 });
    const rest = fc.array(fc.constantFrom('Siti', 'M.', 'Drajat', 'Dr.', 'Sp.A.'), { maxLength: 3 });
    fc.assert(
      fc.property(
        titles,
        fc.constantFrom('Aminah', 'R.', 'Hasan'),
        rest,
        fc.nat(),
        (before, first, behind, cut) => {
          const name = [first, ...behind].join(' ');
          const beginning = name.slice(0, 1 + (cut % name.length));
          const full = [...before, name].join(' ');
          expect(comparablePerson(full)).toBe(comparable(name));
          for (const written of [beginning, [...before, beginning].join(' ')]) {
            expect(comparablePerson(full).startsWith(comparablePerson(written))).toBe(true);
            expect(isNamed(full, written)).toBe(true);
          }
        },
      ),
    );
  });
});
