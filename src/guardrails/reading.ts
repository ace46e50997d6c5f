/**
 * One value of one subject, as operators look at it. What a rule needs of it (its text without case, its number, the domains above
 * it) is worked out once, when the first rule asks; two hundred rules that ask for the same mail domain share it.
 */
import { type Milliseconds, parseTime, type TraitValue } from '../glossary.ts'

/** The code of a country however it is written; undefined for text that names none. */
export type CountryReader = (value: TraitValue | undefined) => string | undefined

const NOTHING: readonly string[] = []
const LONGEST_DOMAIN = 300

export class Reading {
  readonly #countryCodeOf: CountryReader
  /** undefined: not known. */
  value: TraitValue | undefined
  #key: string | readonly string[] | undefined
  #text: string | readonly string[] | undefined
  #number: number | undefined
  #time: Milliseconds | undefined
  #domains: readonly string[] | undefined
  #country: string | null | undefined

  constructor(countryCodeOf: CountryReader) {
    this.#countryCodeOf = countryCodeOf
  }

  /** Looks at another value from now on. */
  load(value: TraitValue | undefined): void {
    this.value = value
    this.#key = undefined
    this.#text = undefined
    this.#number = undefined
    this.#time = undefined
    this.#domains = undefined
    this.#country = undefined
  }

  /** As `comparisonKey` gives it; of a list, those of its entries. */
  get key(): string | readonly string[] {
    this.#key ??= mapped(this.value ?? NOTHING, comparisonKey)
    return this.#key
  }

  /** The value, or an entry of the list, is one of these. */
  isOneOf(keys: ReadonlySet<string>): boolean {
    const own = this.key
    return typeof own === 'string' ? keys.has(own) : own.some((key) => keys.has(key))
  }

  /** Each of `keys` is an entry of the list (or the value itself). */
  hasAll(keys: ReadonlySet<string>): boolean {
    const own = this.key
    if (typeof own === 'string') return keys.size === 1 && keys.has(own)
    for (const key of keys) if (!own.includes(key)) return false
    return true
  }

  /** Of the text, or of an entry of the list: in lower case, without space around it. */
  someText(test: (text: string) => boolean): boolean {
    this.#text ??= mapped(this.value ?? NOTHING, plainText)
    return typeof this.#text === 'string' ? test(this.#text) : this.#text.some(test)
  }

  /** A number, or text that is nothing but a decimal number, as features read it; else NaN, which no bound accepts. */
  get number(): number {
    this.#number ??= numberOf(this.value)
    return this.#number
  }

  /** A date or a time with a zone; else NaN, which no bound accepts. */
  get time(): Milliseconds {
    this.#time ??= typeof this.value === 'string' ? dateOf(this.value) : Number.NaN
    return this.#time
  }

  /** The domain and those above it: mail.rival.example, rival.example, example. */
  get domains(): readonly string[] {
    this.#domains ??=
      typeof this.value === 'object'
        ? this.value.flatMap(domainsAbove)
        : domainsAbove(String(this.value ?? ''))
    return this.#domains
  }

  get country(): string | undefined {
    if (this.#country === undefined) this.#country = this.#countryCodeOf(this.value) ?? null
    return this.#country ?? undefined
  }
}

/** What two equal values share: type and text, so that the text "1" is not the number 1. */
export function comparisonKey(value: string | number | boolean): string {
  return typeof value === 'string' ? plainText(value) : `${typeof value} ${value}`
}

/** A date (2026-11-21, its first moment in UTC) or a time with a zone. NaN for anything else. */
export function dateOf(text: string): Milliseconds {
  const trimmed = text.trim()
  if (trimmed.length > 40) return Number.NaN
  return parseTime(trimmed.length === 10 ? `${trimmed}T00:00:00Z` : trimmed)
}

function mapped(
  value: TraitValue,
  toText: (each: string | number | boolean) => string,
): string | readonly string[] {
  return typeof value === 'object' ? value.map(toText) : toText(value)
}

function plainText(value: string | number | boolean): string {
  return String(value).trim().toLowerCase()
}

function numberOf(value: TraitValue | undefined): number {
  if (typeof value === 'number') return value
  const isNumber = typeof value === 'string' && /^\s*[+-]?\d{1,300}(?:\.\d{1,300})?\s*$/.test(value)
  return isNumber ? Number(value) : Number.NaN
}

function domainsAbove(domain: string): readonly string[] {
  // The longest domain there may be: longer text is none, and must not cost quadratic time.
  if (domain.length > LONGEST_DOMAIN) return NOTHING
  const text = plainText(domain)
  const found = [text]
  for (let dot = text.indexOf('.'); dot >= 0; dot = text.indexOf('.', dot + 1))
    found.push(text.slice(dot + 1))
  return found
}
