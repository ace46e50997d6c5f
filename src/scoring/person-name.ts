import type { Person } from '../features/facts.ts'

/** First and last name as far as they are known; null: neither is. */
export function personName({ trait }: Pick<Person, 'trait'>): string | null {
  const names = [trait('first_name'), trait('last_name')]
  return names.filter((name) => typeof name === 'string' && name !== '').join(' ') || null
}
