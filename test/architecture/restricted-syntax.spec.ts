import { runOn } from './offenders.js';

interface Finding {
  ruleId: string | null;
  message: string;
}

const SYNTAX = 'no-restricted-syntax';
const eslint = (args: readonly string[]) => runOn(SYNTAX, 'eslint/bin/eslint.js', args);

describe('time, days, chance and settings', () => {
  it('come in where tests can replace them: each way around is named by the linter, and the places of entry are not', async () => {
    const results = JSON.parse(await eslint(['--format', 'json', '.'])) as {
      filePath: string;
      messages: Finding[];
    }[];
    const found = results
      .filter(({ filePath }) => filePath.endsWith('.ts'))
      .map(({ filePath, messages }) => [
        filePath.replace(/^.*\/(?=(apps|libs)\/)/, ''),
        messages.map(({ ruleId, message }) => `${ruleId}: ${message}`),
      ]);
    expect(Object.fromEntries(found)).toEqual({
      'apps/one/src/config.ts': [],
      'apps/one/src/day-in-greenwich.ts': [
        `${SYNTAX}: Take the day from dayInAmsterdam (#libs/calendar): this one is the day in Greenwich.`,
      ],
      'apps/one/src/day-in-sql.ts': Array(2).fill(
        `${SYNTAX}: Give SQL the day of #libs/calendar: the database knows neither the zone nor the rule for 29 February.`,
      ),
      'apps/one/src/milliseconds.ts': [`${SYNTAX}: Take the time from #libs/clock.`],
      'apps/one/src/moment.ts': [],
      'apps/one/src/present-moment.ts': [`${SYNTAX}: Take the time from #libs/clock.`],
      'apps/one/src/schedule.ts': [
        `${SYNTAX}: Give @Cron { timeZone: AMSTERDAM }: without it a schedule goes by the zone of the machine.`,
      ],
      'libs/clock/src/clock.ts': [],
      'libs/two/src/dice.ts': [`${SYNTAX}: Use node:crypto.`],
      'libs/two/src/setting.ts': [`${SYNTAX}: Settings are read in config.ts only.`],
    });
  });

  it('have an offender for every restriction', async () => {
    const { rules } = JSON.parse(await eslint(['--print-config', 'apps/one/src/moment.ts'])) as {
      rules: Record<string, [number, ...{ selector: string }[]]>;
    };
    const [severity, ...restrictions] = rules[SYNTAX]!;
    expect(severity).toBe(2);
    // each says its selector instead of its message, so that one that never fires is seen
    const telling = restrictions.map(({ selector }) => ({ selector, message: selector }));
    const options = ['--format', 'json', '--rule', JSON.stringify({ [SYNTAX]: ['error', ...telling] })];
    const results = JSON.parse(await eslint([...options, 'apps/one/src', 'libs/two/src'])) as {
      messages: Finding[];
    }[];
    const fired = results.flatMap(({ messages }) => messages.map(({ message }) => message));
    expect([...new Set(fired)].sort()).toEqual(restrictions.map(({ selector }) => selector).sort());
  });
});
