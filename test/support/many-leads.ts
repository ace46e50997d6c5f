/** 1,200 leads, three an account: more than two parts of a scoring. l7 works for a rival, l9 has won, l11 is overridden. */
import type pg from 'pg'
import { DAY, formatTime, type Milliseconds } from '../../src/glossary.ts'

export async function addManyLeads(pool: pg.Pool, asOf: Milliseconds): Promise<void> {
  const created = `'${formatTime(asOf - 100 * DAY)}'::timestamptz`
  await pool.query(`
    INSERT INTO wonlost.accounts SELECT 'a' || n, ${created}, ${created}, 'test' FROM generate_series(0, 399) n;
    INSERT INTO wonlost.leads SELECT 'l' || n, 'a' || n % 400, ${created}, ${created}, 'test' FROM generate_series(0, 1199) n;
    INSERT INTO wonlost.traits SELECT 'lead', 'l' || n, name, value, ${created}, ${created}, 'test', false
      FROM generate_series(0, 1199) n, LATERAL (VALUES ('title', '"CTO"'::jsonb),
        ('email', to_jsonb('p' || n || CASE WHEN n = 7 THEN '@rival.example' ELSE '@acme.example' END))) t (name, value);
    INSERT INTO wonlost.traits SELECT 'account', 'a' || n, name, value, ${created}, ${created}, 'test', false
      FROM generate_series(0, 399) n, LATERAL (VALUES ('name', '"Acme"'::jsonb), ('employees', to_jsonb(n)), ('country', '"DE"'),
        ('industry', CASE WHEN n % 2 = 0 THEN '"software"'::jsonb ELSE '"retail"' END)) t (name, value);
    INSERT INTO wonlost.events SELECT 'e' || n, 'l' || n, NULL, 'pricing_page_viewed', ${created} + n % 99 * interval '1 day',
      ${created} + n % 99 * interval '1 day', 'test', '{}' FROM generate_series(0, 1199) n WHERE n % 3 > 0;
    INSERT INTO wonlost.deals VALUES ('d1', 'a9', 'new_business', ${created} + interval '1 day', ${created} + interval '2 days',
      'won', 1, 'EUR', NULL, ${created} + interval '2 days', 'test');
    INSERT INTO wonlost.deal_contacts VALUES ('d1', 'l9', true);
    INSERT INTO wonlost.overrides VALUES ('lead', 'l11', 'disqualified', 'Asked us not to.', 'ann', ${created}, NULL);
  `)
}

/** All that is kept of scores, but for when they were made and in what order. */
export async function keptScores(pool: pg.Pool): Promise<unknown> {
  const [scores, history] = await Promise.all(
    ['scores', 'score_history'].map((table) =>
      pool.query(
        `SELECT md5(string_agg(kept, ',' ORDER BY kept)), count(*)
         FROM (SELECT (to_jsonb(t) - 'scored_at' - 'history_id')::text AS kept FROM wonlost.${table} t) all_kept`,
      ),
    ),
  )
  return { scores: scores?.rows[0], history: history?.rows[0] }
}

export async function forgetScores(pool: pg.Pool): Promise<void> {
  await pool.query(
    'TRUNCATE wonlost.scores, wonlost.score_history, wonlost.scoring_runs, wonlost.last_scoring CASCADE',
  )
}
