/**
 * Countries as people write them (US, USA, United States; Deutschland, Germany) and their ISO 3166-1 alpha-2 codes. Names are
 * those of the Unicode CLDR 48 in English and in the country's own languages, and spellings that forms bring. A fixed table,
 * not Intl: answers must not change with the ICU of the machine.
 */
import type { TraitValue } from '../glossary.ts'
import { remember } from './memo.ts'

/** What decides, with `comparable`: it belongs into the fingerprint. */
export const COUNTRY_NAMES = `
  AD Andorra; AE United Arab Emirates|الإمارات العربية المتحدة|UAE|Emirates; AF Afghanistan;
  AG Antigua & Barbuda; AI Anguilla; AL Albania; AM Armenia; AO Angola; AQ Antarctica; AR Argentina;
  AS American Samoa; AT Austria|Österreich; AU Australia; AW Aruba; AX Åland Islands; AZ Azerbaijan;
  BA Bosnia & Herzegovina|Bosnia and Herzegovina; BB Barbados; BD Bangladesh; BE Belgium|België|Belgique;
  BF Burkina Faso; BG Bulgaria|България; BH Bahrain; BI Burundi; BJ Benin; BL St. Barthélemy; BM Bermuda;
  BN Brunei; BO Bolivia|Bolivia, Plurinational State of; BQ Caribbean Netherlands; BR Brazil|Brasil;
  BS Bahamas; BT Bhutan; BV Bouvet Island; BW Botswana; BY Belarus; BZ Belize; CA Canada;
  CC Cocos (Keeling) Islands; CD Congo - Kinshasa|DR Congo|Democratic Republic of the Congo;
  CF Central African Republic; CG Congo - Brazzaville|Republic of the Congo;
  CH Switzerland|Schweiz|Suisse|Svizzera; CI Côte d'Ivoire|Cote d'Ivoire|Ivory Coast; CK Cook Islands;
  CL Chile; CM Cameroon; CN China|中国|People's Republic of China; CO Colombia; CR Costa Rica; CU Cuba;
  CV Cape Verde|Cabo Verde;
  CW Curaçao; CX Christmas Island; CY Cyprus; CZ Czechia|Česko|Czech Republic; DE Germany|Deutschland;
  DJ Djibouti; DK Denmark|Danmark; DM Dominica; DO Dominican Republic; DZ Algeria; EC Ecuador;
  EE Estonia|Eesti; EG Egypt|مصر; EH Western Sahara; ER Eritrea; ES Spain|España; ET Ethiopia;
  FI Finland|Suomi; FJ Fiji; FK Falkland Islands; FM Micronesia; FO Faroe Islands; FR France; GA Gabon;
  GB United Kingdom|UK|U.K.|Great Britain|England|Scotland|Wales|Northern Ireland; GD Grenada; GE Georgia;
  GF French Guiana; GG Guernsey; GH Ghana; GI Gibraltar; GL Greenland; GM Gambia; GN Guinea; GP Guadeloupe;
  GQ Equatorial Guinea; GR Greece|Ελλάδα; GS South Georgia & South Sandwich Islands; GT Guatemala; GU Guam;
  GW Guinea-Bissau; GY Guyana; HK Hong Kong SAR China|Hong Kong; HM Heard & McDonald Islands; HN Honduras;
  HR Croatia|Hrvatska; HT Haiti; HU Hungary|Magyarország; ID Indonesia; IE Ireland; IL Israel|ישראל;
  IM Isle of Man; IN India|भारत; IO British Indian Ocean Territory; IQ Iraq;
  IR Iran|ایران|Iran, Islamic Republic of|Islamic Republic of Iran; IS Iceland|Ísland; IT Italy|Italia;
  JE Jersey; JM Jamaica; JO Jordan; JP Japan|日本; KE Kenya; KG Kyrgyzstan; KH Cambodia; KI Kiribati;
  KM Comoros; KN St. Kitts & Nevis;
  KP North Korea|북한|Korea, Democratic People's Republic of|Democratic People's Republic of Korea|DPRK;
  KR South Korea|대한민국|Korea|Republic of Korea|Korea, Republic of; KW Kuwait; KY Cayman Islands;
  KZ Kazakhstan; LA Laos|Lao PDR; LB Lebanon; LC St. Lucia; LI Liechtenstein; LK Sri Lanka; LR Liberia;
  LS Lesotho; LT Lithuania|Lietuva; LU Luxembourg|Luxemburg; LV Latvia|Latvija; LY Libya; MA Morocco;
  MC Monaco; MD Moldova|Moldova, Republic of; ME Montenegro; MF St. Martin; MG Madagascar;
  MH Marshall Islands; MK North Macedonia|Macedonia; ML Mali; MM Myanmar (Burma)|Burma|Myanmar; MN Mongolia;
  MO Macao SAR China|Macao|Macau; MP Northern Mariana Islands; MQ Martinique; MR Mauritania; MS Montserrat;
  MT Malta; MU Mauritius; MV Maldives; MW Malawi; MX Mexico|México; MY Malaysia; MZ Mozambique; NA Namibia;
  NC New Caledonia; NE Niger; NF Norfolk Island; NG Nigeria; NI Nicaragua;
  NL Netherlands|Nederland|The Netherlands|Holland; NO Norway|Norge; NP Nepal; NR Nauru; NU Niue;
  NZ New Zealand; OM Oman; PA Panama|Panamá; PE Peru|Perú; PF French Polynesia; PG Papua New Guinea;
  PH Philippines; PK Pakistan; PL Poland|Polska; PM St. Pierre & Miquelon; PN Pitcairn Islands;
  PR Puerto Rico; PS Palestinian Territories|Palestine; PT Portugal; PW Palau; PY Paraguay; QA Qatar;
  RE Réunion; RO Romania|România; RS Serbia|Srbija; RU Russia|Россия|Russian Federation; RW Rwanda;
  SA Saudi Arabia|المملكة العربية السعودية; SB Solomon Islands; SC Seychelles; SD Sudan; SE Sweden|Sverige;
  SG Singapore; SH St. Helena; SI Slovenia|Slovenija; SJ Svalbard & Jan Mayen; SK Slovakia|Slovensko;
  SL Sierra Leone; SM San Marino; SN Senegal; SO Somalia; SR Suriname; SS South Sudan;
  ST São Tomé & Príncipe; SV El Salvador; SX Sint Maarten; SY Syria|سوريا|Syrian Arab Republic;
  SZ Eswatini|Swaziland; TC Turks & Caicos Islands; TD Chad; TF French Southern Territories; TG Togo;
  TH Thailand|ไทย; TJ Tajikistan; TK Tokelau; TL Timor-Leste|East Timor; TM Turkmenistan; TN Tunisia;
  TO Tonga; TR Türkiye|Turkey; TT Trinidad & Tobago; TV Tuvalu; TW Taiwan|台灣|Taiwan, Province of China;
  TZ Tanzania|Tanzania, United Republic of; UA Ukraine|Україна; UG Uganda; UM U.S. Outlying Islands;
  US United States|USA|U.S.|U.S.A.|United States of America|America; UY Uruguay; UZ Uzbekistan;
  VA Vatican City|Vatican; VC St. Vincent & Grenadines; VE Venezuela|Venezuela, Bolivarian Republic of;
  VG British Virgin Islands; VI U.S. Virgin Islands; VN Vietnam|Việt Nam|Viet Nam; VU Vanuatu;
  WF Wallis & Futuna; WS Samoa; XK Kosovo; YE Yemen; YT Mayotte; ZA South Africa; ZM Zambia; ZW Zimbabwe;
`

const CODES: ReadonlyMap<string, string> = new Map(
  COUNTRY_NAMES.split(';').flatMap((entry) => {
    const [, code, names] = /^\s*([A-Z]{2}) (.+)$/.exec(entry) ?? []
    if (code === undefined || names === undefined) return []
    return [code, ...names.split('|')].map((name) => [comparable(name), code] as const)
  }),
)

export const COUNTRY_CODES: readonly string[] = [...new Set(CODES.values())]

/** Empty for text that names none. */
const codeOf = remember((name) => CODES.get(comparable(name)) ?? '')

/** The code of a country however it is written; undefined for text that names none for certain. */
export function countryCodeOf(value: TraitValue | undefined): string | undefined {
  return typeof value === 'string' && value.length <= 80 ? codeOf(value) || undefined : undefined
}

/**
 * Without case, accents, dots, and what is not seen or said: U.S. is us, México is mexico, " The United  States" is united states, Saint
 * Lucia is st lucia, Trinidad and Tobago is trinidad & tobago.
 */
function comparable(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/[\p{M}\p{Cf}.]/gu, '')
    .replace(/’/g, "'")
    .trim()
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .replace(/^the /, '')
    .replace(/^saint /, 'st ')
    .replaceAll(' and ', ' & ')
}
