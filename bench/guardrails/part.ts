/** Rules on many leads, in this process: no peer does the same. */
import { accountRecords } from '../../data/simulated-records.ts'
import { simulate } from '../../data/simulator/simulate.ts'
import { countryCodeOf } from '../../src/features/country-code.ts'
import { type Facts, factsAt } from '../../src/features/facts.ts'
import { DAY, parseTime } from '../../src/glossary.ts'
import { parseGuardrails } from '../../src/guardrails/guardrails.ts'
import { judge } from '../../src/guardrails/judge.ts'
import { viewOf } from '../../src/scoring/subject-view.ts'
import { definePart, type Measured } from '../part.ts'
import { spreadOf } from '../spread.ts'
import { manyLists, manyRules } from './rules.ts'

const RULES = 200
const MOMENTS = 50
const ENDS_AT = parseTime('2026-11-21T00:00:00Z')

export const guardrailsPart = definePart({
  name: 'guardrails',
  title: 'Guardrails',
  summary: '200 rules on 100,000 leads, one thread',
  run({ quick, repeats, say, signal }) {
    const leads = quick ? 500 : 2_000
    const options = { leads, seed: 7, months: 24, endsAt: ENDS_AT, drift: false }
    const accounts = [...simulate(options)].flatMap(accountRecords)
    const subjects = accounts
      .flatMap((account) => account.leads.map((lead) => ({ account, lead })))
      .slice(0, leads)
    const context = { bands: ['low', 'high'], countryCodeOf }
    const guardrails = parseGuardrails(manyRules(RULES), 'rules.yaml', manyLists(), context)
    const moments = Array.from({ length: MOMENTS }, (_, moment) => ENDS_AT - moment * 14 * DAY)
    const gather = (): Facts[] =>
      moments.flatMap((asOf) => subjects.map(({ account, lead }) => factsAt(account, lead, asOf)))
    let held = 0
    const judgeAll = (leads: readonly Facts[]): void => {
      held = 0
      for (const facts of leads) if (judge(guardrails, viewOf(facts)).rules.length > 0) held += 1
    }
    const atHand = gather()
    const judged = atHand.length.toLocaleString('en')
    const cases = [
      { case: `${RULES} rules, ${judged} leads whose facts are at hand`, run: () => judgeAll(atHand) },
      { case: `the same, facts gathered from the records too`, run: () => judgeAll(gather()) },
    ]
    const rows = cases.map(({ case: name, run }): Measured => {
      const samples: number[] = []
      for (let round = 0; round <= repeats; round++) {
        signal.throwIfAborted()
        const started = performance.now()
        run()
        const seconds = (performance.now() - started) / 1_000
        // The first warms up.
        if (round > 0) samples.push(seconds)
        say(`  ${name}, round ${round}: ${seconds.toFixed(2)} s`)
      }
      const check = `rules hold for ${held.toLocaleString('en')}`
      return { case: name, who: 'Wonlost', ours: true, samples, check }
    })
    const [first] = rows
    return Promise.resolve({
      text: [
        `${RULES} rules of ten kinds (lists of domains, words of titles, countries, counts of events in windows, sizes) on ${subjects.length.toLocaleString('en')}
simulated leads at ${MOMENTS} moments each, a fortnight apart. In the time: what rules derive from a lead, the verdict, and the words of what held. One thread, and no
database.`,
      ],
      targets:
        quick || !first
          ? []
          : [{ what: '100,000 leads, seconds', measured: spreadOf(first.samples).median, atMost: 2 }],
      tables: [{ title: 'Judging', unit: 's', better: 'less', rows }],
    })
  },
})
