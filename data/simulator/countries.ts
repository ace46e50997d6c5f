/** Where accounts are, which language their people use, and their hours from UTC (whole, as in calendar.ts). */

type Language = 'en' | 'de' | 'fr' | 'es' | 'nordic' | 'indian' | 'asian' | 'arabic'

export interface Country {
  readonly code: string
  readonly weight: number
  readonly language: Language
  readonly zone: number
  /** What the country adds to the log-odds of winning. */
  readonly win: number
  /** Not served: nobody from there can ever buy. */
  readonly served: boolean
  /** Other spellings that forms bring. */
  readonly spellings: readonly string[]
}

function country(
  code: string,
  weight: number,
  language: Language,
  zone: number,
  win: number,
  spellings: readonly string[],
  served = true,
): Country {
  return { code, weight, language, zone, win, served, spellings }
}

export const COUNTRIES: readonly Country[] = [
  country('US', 330, 'en', -6, 0.1, ['USA', 'United States', 'us', 'U.S.']),
  country('GB', 110, 'en', 0, 0.1, ['UK', 'United Kingdom', 'England']),
  country('DE', 105, 'de', 1, 0.1, ['Germany', 'Deutschland', 'de']),
  country('FR', 60, 'fr', 1, 0, ['France', 'FRANCE']),
  country('CA', 50, 'en', -6, 0.1, ['Canada']),
  country('NL', 40, 'en', 1, 0.1, ['Netherlands', 'The Netherlands', 'NL ']),
  country('ES', 38, 'es', 1, 0, ['Spain', 'España']),
  country('AU', 34, 'en', 9, 0.1, ['Australia']),
  country('IN', 60, 'indian', 5, -0.8, ['India']),
  country('AT', 22, 'de', 1, 0.1, ['Austria', 'Österreich']),
  country('CH', 24, 'de', 1, 0.1, ['Switzerland', 'Schweiz', 'Suisse']),
  country('SE', 24, 'nordic', 1, 0.1, ['Sweden', 'Sverige']),
  country('DK', 18, 'nordic', 1, 0.1, ['Denmark']),
  country('NO', 14, 'nordic', 1, 0.1, ['Norway', 'Norge']),
  country('MX', 20, 'es', -6, -0.6, ['Mexico', 'México']),
  country('BR', 26, 'es', -6, -0.6, ['Brazil', 'Brasil']),
  country('SG', 14, 'asian', 9, 0, ['Singapore']),
  country('JP', 10, 'asian', 9, 0, ['Japan', '日本']),
  country('AE', 8, 'arabic', 5, 0, ['UAE', 'United Arab Emirates']),
  country('IR', 4, 'arabic', 5, 0, ['Iran'], false),
  country('SY', 2, 'arabic', 1, 0, ['Syria'], false),
  country('CU', 2, 'es', -6, 0, ['Cuba'], false),
  country('KP', 1, 'asian', 9, 0, ['North Korea'], false),
]

export const GERMAN_MARKET: ReadonlySet<string> = new Set(['DE', 'AT', 'CH'])
