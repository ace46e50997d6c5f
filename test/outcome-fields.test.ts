import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { IMPORT_KINDS } from '../src/ingest/kinds/index.ts'
import { outcomeFieldReason } from '../src/outcome-fields.ts'

const names = (text: string): string[] => text.trim().split(/\s*\n\s*|\s*,\s*/)

const CAUGHT: Readonly<Record<string, string>> = {
  HubSpot: `
    lifecyclestage, Lifecycle Stage, hs_lifecyclestage_customer_date, hs_lifecyclestage_opportunity_date
    Became a Customer Date, Became an Opportunity Date, hs_lead_status, Lead Status, hs_pipeline
    num_associated_deals, Number of Associated Deals, hs_num_open_deals, recent_deal_amount, Recent Deal Amount
    recent_deal_close_date, Recent Deal Close Date, first_deal_created_date, First Deal Created Date, total_revenue
    hs_predictivecontactscore, hs_predictivecontactscore_v2, hs_predictivescoringtier, Likelihood to close, Contact priority
    hubspotscore, HubSpot Score, days_to_close, Days To Close, closedate, Close Date
    notes_last_updated, notes_last_contacted, Last Activity Date, Last Contacted, num_notes, num_contacted_notes
    hs_last_sales_activity_timestamp, hs_last_sales_activity_date, Last Engagement Date, lastmodifieddate, hs_lastmodifieddate, Last Modified Date
    hs_time_in_lead, hs_time_in_opportunity, hs_date_entered_customer, hs_v2_date_entered_customer, hs_latest_source
    hs_analytics_last_visit_timestamp, hs_analytics_num_page_views, Number of Pageviews, Number of Sessions
    Recent Sales Email Replied Date, hs_time_to_first_engagement, hs_first_engagement_object_id, hs_is_unworked
    hs_count_is_worked, hs_analytics_revenue, closedate_timestamp_earliest_value_a2a17e6e
    recent_conversion_date, Recent Conversion, num_conversion_events, Number of Form Submissions
    hs_email_last_open_date, hs_sales_email_last_replied, notes_next_activity_date, Next Activity Date
    hs_is_closed, hs_is_closed_won, hs_closed_amount, hs_forecast_probability, hs_projected_amount, dealstage, Deal Stage`,
  Salesforce: `
    IsConverted, Converted, ConvertedDate, Converted Date, ConvertedAccountId, ConvertedContactId, ConvertedOpportunityId
    Status, Lead Status, StageName, Stage, Probability, Probability (%), ForecastCategory, ForecastCategoryName, Forecast Category
    ExpectedRevenue, Expected Revenue, LastActivityDate, Last Activity, LastModifiedDate, LastModifiedById, SystemModstamp
    IsWon, Won, IsClosed, Closed, HasOpenActivity, HasOverdueTask, LastViewedDate, LastReferencedDate, LastTransferDate
    LastStageChangeDate, Rating, Lead_Score__c, Closed_Lost_Reason__c, Loss_Reason__c, Einstein Score, IsUnreadByOwner
    LastCURequestDate, LastCUUpdateDate, FirstCallDateTime, FirstEmailDateTime, FirstMeetingDateTime`,
  Pipedrive: `
    stage_id, won_time, lost_time, close_time, lost_reason, expected_close_date, last_activity_date, next_activity_date
    update_time, won_deals_count, lost_deals_count, open_deals_count, closed_deals_count, related_won_deals_count
    activities_count, done_activities_count, weighted_value, last_incoming_mail_time, last_outgoing_mail_time
    Won deals, Open deals, Total activities`,
  Dynamics: `
    statecode, statuscode, Status Reason, actualclosedate, actualvalue, estimatedclosedate, estimatedvalue, closeprobability
    opportunityratingcode, leadqualitycode, qualifyingopportunityid, modifiedon, salesstage, salesstagecode, stepname
    msdyn_predictivescore, msdyn_leadscore, opendeals, openrevenue`,
  Zoho: `
    Lead_Status, Converted_Date_Time, Converted_Deal, Lead_Conversion_Time, Last_Activity_Time, Modified_Time, Modified_By
    Change_Log_Time__s, Sales_Cycle_Duration, Overall_Sales_Duration, Reason_For_Loss__s, Days_Visited, Last_Visited_Time, Visitor_Score, Prediction_Score`,
  'labels in other languages': `
    Phase, Deal-Phase, Vertriebsphase, Leadstatus, Lebenszyklusphase, Abgeschlossen, Gewonnen, Ist gewonnen, Verlustgrund
    Absagegrund, Abschlussdatum, Voraussichtliches Abschlussdatum, Abschlusswahrscheinlichkeit, Wahrscheinlichkeit (%)
    Prognose, Konvertiert, Konvertierungsdatum, Letzte Aktivität, Letztes Aktivitätsdatum, Letzte Änderung, Zuletzt geändert am
    Datum der letzten Aktivität, Datum der letzten Änderung, Zuletzt kontaktiert, Nächste Aktivität, Geändert am, Aktualisiert am
    Kunde seit, Ist Kunde, Kundenstatus, Anzahl der Deals, Anzahl zugehöriger Deals, Anzahl Verkaufschancen, Gesamtumsatz, Zugehörige Deals
    Transactions associées, Negocios asociados
    Statut, Étape, Étape de la transaction, Gagné, Perdu, Motif de perte, Probabilité, Dernière activité
    Date de dernière modification, Date de clôture, Date de fermeture, Client depuis, Phase du cycle de vie
    Etapa, Etapa del ciclo de vida, Ganado, Perdido, Motivo de pérdida, Probabilidad, Última actividad
    Fecha de la última actividad, Fecha de cierre, Cliente desde`,
  'any system': `
    stage, crm_stage, deal_stage, pipeline_stage, sales-stage, account stage, buying_stage, converted, is_converted, converted_at
    closed, closed_at, is_closed, won, is_won, deal_won, lost, lost_reason, reason_lost, outcome, forecast, probability
    win_probability, predicted_score, prediction, lead_score, propensity_to_buy, win_chance, likelihood_to_convert, deal_amount
    number_of_deals, deals_count, opportunity_count, opportunity_amount, has_opportunity, is_customer, customer_since
    rejection_reason, Reason for rejection, lead_disposition, Contract Sent, Proposal Sent, Quote Amount, Signed Date, Demo Held
    MQL, SQL, accepted_by_sales, Purchase Date, Date Closed, has_closed_deal, paying_customer, active_customer, client_since
    cancellation_date, order_number, # of opps, status_c, Status__c
    customer_status, churned, churn_date, contract_start_date, renewal_date, mrr, updated_at, last_login, last_seen_at
    last_contact_date, disqualified, disqualification_reason, mql_date, sql_date, is_sql, sales_qualified_date, next_step`,
}

const HONEST = `
  funding_stage, Funding Stage, last_funding_date, last_funding_round, growth_stage, company_stage, startup stage, career_stage
  investment_stage, backstage, annual_revenue, Annual Revenue, annualrevenue, revenue_range
  industry, employment_status, marital_status, status_of_employment, tax_status, marketing_status_opt_in, lost_password
  lost_and_found_office, first_name, last_name, lastname, last name, company, company_type, type, source, lead_source
  Original Source, hs_analytics_source, hs_analytics_first_url, first_conversion_event_name, first_conversion_date
  first_page_seen, email, title, phone, country, message, consent, campaign, student, employees, numberofemployees
  technologies, domain, website, created_at, createdate, language, timezone, time_zone, city, state, state_code
  zip, uses_sql, sql_server_version, programming_languages, awards_won, closed_captions, close_to_airport, enclosed_area
  year_founded, founded_year, founding_date, sector, office_location, subsidiary_of, seniority, department, persona
  credit_rating, glassdoor_rating, data_pipeline_tool, number_of_locations, number_of_employees, number_of_sales_reps
  deals_in, ideals, score_card_vendor, competitor, current_vendor, current_crm, budget, timeline, use_case, plan_interest
  customer_segment, customer_type, customer, hs_email_domain, hs_email_optout, current_vendor_contract_end_date, tags, grade, latest_funding_round, customer_count, number_of_customers, product_interest, interests, newsletter, utm_source, utm_campaign
  utm_medium, gclid, referrer, landing_page, device, browser, ip_country, gender, age, birth_year, job_function
  average_deal_size_of_company, hubspot_user, salesforce_edition, last_job_title, last_employer, lasting_interest
  conversion_tool, contracting_authority, subscription_box_business, modified_starch_supplier, wonder, clostridium
  Letzter Arbeitgeber, Letzte Finanzierungsrunde, Finanzierungsphase, Kunde, Kundennummer, Kundengruppe, Schulabschluss
  Höchster Bildungsabschluss, Anzahl Mitarbeiter, Anzahl der Standorte, Umsatz, Umsatz pro Jahr, Gewinn, Branche, Herkunft
  Phasenprüfer, Anlegedatum, Dernier employeur, Chiffre d'affaires, Statut juridique, Estado, Último empleo, Cliente
  contract_type, proposal_language, demo_requested, offer_type, quote_currency_preference, order_management_system
  recent_funding, first_call_topic, closed_source, purchase_timeframe, purchasing_role, date_of_birth, vitamin_c
  predominant_language, forecasting_tools_used, company_domain, education_stage, maturity_stage`

describe('fields that give the outcome away', () => {
  for (const [system, list] of Object.entries(CAUGHT))
    test.each(names(list))(`${system}: %s`, (name) => {
      expect(outcomeFieldReason(name)).toMatch(/^(says|tells|exists|is) /)
    })
})

test.each(names(HONEST))('%s is honest', (name) => {
  expect(outcomeFieldReason(name)).toBeNull()
})

test('no trait of our own is on the list, and none that the definitions of the package ask for', () => {
  for (const kind of IMPORT_KINDS)
    for (const { name, trait } of kind.columns)
      if (trait) expect([name, outcomeFieldReason(name)]).toEqual([name, null])
  for (const file of ['conversion', 'fit', 'intent']) {
    const yaml = readFileSync(new URL(`../models/${file}.yaml`, import.meta.url), 'utf8')
    for (const [, name] of yaml.matchAll(/trait: (\w+)/g))
      expect([name, outcomeFieldReason(name!)]).toEqual([name, null])
  }
})

test('letter case, blanks, hyphens and underscores do not matter', () => {
  const forms = (words: readonly string[]) => [
    words.join('_'),
    words.join(' ').toUpperCase(),
    ` ${words.join('-')} `,
    words.map((word) => word[0]!.toUpperCase() + word.slice(1)).join(''),
    `${words.join('_')}__c`,
  ]
  for (const name of ['lead status', 'last activity date', 'is converted', 'deal stage', 'forecast category'])
    for (const form of forms(name.split(' ')))
      expect([form, outcomeFieldReason(form) !== null]).toEqual([form, true])
})

test('any name is answered, at once', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^(last_|stage_|won_|on_){0,40}$/)),
      (name) => {
        expect(typeof outcomeFieldReason(name) === 'string' || outcomeFieldReason(name) === null).toBe(true)
      },
    ),
  )
  expect(outcomeFieldReason(`${'last_'.repeat(20_000)}x`)).toBeNull()
})
