/** Names that other systems and people give to our columns, most telling first. Maps of the package know those of their systems. */
import type { ImportKind } from '../define-import.ts'

type Names = Readonly<Record<string, string>>

const CREATED = `created, created at, created on, created date, create date, creation date, date created, created time, date added,
  added on, added at, add time, registered at, registration date, sign up date, signup date, first contact, first seen, first touch,
  entry date, in our books since, angelegt am, angelegt, erstellt am, erstellt, erstellungsdatum, anlagedatum`

const PERSON: Names = {
  email:
    'e-mail, mail, email address, e-mail address, mail address, work email, business email, primary email, recipient',
  user_id: 'user id, userid, user, web user, login, external id',
  anonymous_id: 'visitor id, visitor, cookie id, client id, device id',
}

const NAMES: Readonly<Record<ImportKind['name'], Names>> = {
  leads: {
    ...PERSON,
    lead_id:
      'lead number, lead no, contact id, contact no, contact number, prospect id, person id, person no, record id, id, uuid',
    other_ids: 'merged ids, merged no, merged record ids, duplicate ids',
    created_at: CREATED,
    account_id:
      'company id, company no, account number, account no, organisation id, organization id, org id, firm id',
    account_domain: 'company domain, company website, company web site, website, web site',
    first_name: 'firstname, given name, forename, vorname',
    last_name: 'lastname, surname, family name, nachname',
    title: 'job title, jobtitle, position, role, job, occupation, berufsbezeichnung',
    phone: 'telephone, phone number, telefon, tel, mobile, mobile phone',
    country: 'country/region, country code, land',
    source:
      'lead source, channel, original source, acquisition channel, lead origin, utm source, quelle, lead quelle, herkunft, kanal',
    campaign: 'utm campaign, campaign name',
    message: 'comments, comment, enquiry, inquiry, your message, notes',
    consent: 'marketing consent, gdpr consent',
    student: 'is student',
  },
  accounts: {
    account_id:
      'company id, company no, account number, account no, organisation id, organization id, org id, record id, id, uuid, account, company',
    other_ids: 'merged ids, merged no, merged record ids',
    created_at: CREATED,
    domain: 'website, company domain name, company domain, web site, web, website url, url, homepage',
    name: 'unternehmensname, firmenname, firma, company name, account name, company, organisation, organization, account, firm',
    industry: 'sector, vertical, branch, branche',
    employees:
      'number of employees, no. of employees, num employees, employee count, employees range, headcount, staff, company size, size, mitarbeiter, mitarbeiterzahl, anzahl mitarbeiter',
    annual_revenue: 'revenue, turnover, annual turnover, umsatz',
    country: 'country/region, country code, land, office location',
    technologies: 'technology, tech stack, web technologies, systems, tools',
    funding_stage: 'funding, funding round, last funding type',
  },
  deals: {
    deal_id:
      'deal no, deal number, opportunity id, opportunity no, opportunity number, record id, id, uuid, opportunity',
    account_id:
      'company id, company no, account number, account no, organisation id, organization id, org id, account, company, organisation, organization',
    pipeline: 'pipeline name, deal type, opportunity type',
    opened_at: `opened, opened on, open date, engage date, start date, ${CREATED}`,
    closed_at:
      'close date, closed date, abschlussdatum, closedate, closing date, closed on, close time, closed or expected, actual close date, end date',
    amount: 'betrag, wert, value, close value, deal value, deal amount, actual value, total, price',
    currency: 'currency code, deal currency, währung',
    lost_reason: 'loss reason, reason lost, lost because, closed lost reason, reason for loss',
    contacts:
      'contact ids, associated contact ids, people, contact id, contact no, primary contact, person id',
  },
  deal_contacts: {
    deal_id: 'deal no, deal number, opportunity id, opportunity no, opportunity',
    lead_id: 'contact id, contact no, contact number, person id, person no, contact',
    is_primary: 'primary, main contact, is main',
  },
  deal_stages: {
    deal_id: 'deal no, deal number, opportunity id, opportunity no, opportunity',
    stage: 'phase, to stage, stage name, new stage, status',
    entered_at: `entered, changed, changed at, changed on, since, timestamp, date, time, ${CREATED}`,
  },
  events: {
    ...PERSON,
    event_id: 'activity id, message id, id, uuid',
    lead_id: 'lead no, contact id, contact no, person id, person no, prospect id',
    type: 'event, event type, event name, activity type, activity, action, what',
    occurred_at: `occurred, occurred on, event time, timestamp, time, datetime, date, when, at, ${CREATED}`,
    source: 'system',
    properties: 'event properties, details, data, payload, attributes, more',
  },
}

/** Columns that tell the outcome of a deal: by flags, or by the stage it is in. */
export const OUTCOME_NAMES = {
  closed: ['is closed', 'closed'],
  won: ['is won', 'is closed won', 'won'],
  stage: [
    'outcome',
    'deal stage',
    'stage',
    'stage name',
    'phase',
    'status',
    'sales stage',
    'result',
    'state',
  ],
} as const

/** The names that stand for a column of a kind, besides its own. */
export function otherNames(kind: ImportKind['name'], column: string): readonly string[] {
  return NAMES[kind][column]?.split(',').map((name) => name.trim()) ?? []
}
