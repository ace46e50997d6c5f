/**
 * Fields that give the outcome away. CRMs fill them in, or go on changing them, while a deal is won or lost; an export then
 * holds what was known at the end, not at the moment in question. A model that learns from them is right about the past and
 * useless for the future. Imports do not take them as traits, and definitions may not ask for them, unless one is lifted
 * with a reason.
 *
 * Of HubSpot, Salesforce, Pipedrive, Dynamics and Zoho, by the names of their APIs and by their labels, and the words that
 * people name such fields with, in English and, of the commonest, in German, French and Spanish. A false alarm costs a line (`lift`), a leak costs the model: in doubt a field is on the list,
 * unless its name is an honest one elsewhere (funding_stage, annual_revenue, first_conversion).
 */
import { fieldKey, snakeCase } from './field-names.ts'

interface OutcomeRule {
  /** Follows the name of the field: "stage says how far...". */
  readonly reason: string
  /** Whole names, divided by blanks. Compared without underscores: `is_converted` is `isconverted`, too. */
  readonly names: string
  /** Parts of names, in snake_case. */
  readonly patterns: readonly RegExp[]
  /** Of German, French and Spanish labels, in snake_case without accents. */
  readonly abroad?: readonly RegExp[]
  /** Names that the patterns do not mean. */
  readonly except?: RegExp
}

const RULES: readonly OutcomeRule[] = [
  {
    reason: 'says how far sales has come, and is moved on until the deal is won or lost',
    names: `
      status lead_status hs_lead_status contact_status account_status deal_status opportunity_status sales_status status_code status_reason
      lifecycle hs_pipeline pipeline pipeline_id pipeline_name deal_pipeline sales_pipeline
      deal_stage sales_stage sales_stage_code stage_name stage_id step_name
      disposition lead_disposition accepted_by_sales mql sql sal sqo`,
    patterns: [
      /(^|_)(proposal|quote|offer|contract)_(sent|accepted|rejected)(_|$)|^(proposal|quote|offer)_(signed|amount|date)$/,
      /^(date_)?signed(_(at|on|date))?$|^demo_(held|done|completed)(_|$)/,
      /(^|_)stage(_|$)/,
      /(^|_)life_?cycle_?(stage|phase|status|date|step)/,
      /^statecode$/,
      /^hs_(v2_)?(date|time|latest_time|cumulative_time)_(in|entered|exited)_/,
      /^date_(entered|exited)_|^became_an?_/,
      /^(is_)?(dis|un)?qualified$/,
      /^(dis|un)?qualified_(at|on|date|time|by|reason|status|lead)$/,
      /(^|_)(dis|un)qualif\w*_(reason|date|time)/,
      /(^|_)(sales|marketing)_(qualified|accepted)(_|$)/,
      /^(is|became|date)_(an?_)?(mql|sal|sqo|sql)(_|$)|(^|_)(mql|sal|sqo|sql)_(date|at|time|stage)$/,
    ],
    abroad: [
      /^phase$|(^|_)(deal|lead|vertriebs|verkaufs|lifecycle|lebenszyklus)_?phase$|^(lead|deal|kunden|vertriebs|verkaufs)_?status$/,
      /^statut(_(du|de_la)_(prospect|lead|contact|transaction))?$|^etape(_|$)|^phase_du_cycle_de_vie|^etapa(_|$)/,
    ],
    // The stage of a company, a product or a career.
    except:
      /(fund(ing)?|financing|invest(ment|or)|round|seed|series|growth|maturity|company|business|start_?up|venture|corporate|organi[sz]ation|career|education|school|project|product|development|clinical|trial|construction|migration)_stage/,
  },
  {
    reason: 'tells the outcome, or exists only once there is one',
    names: `
      outcome deal_outcome opportunity_outcome lead_outcome sales_outcome final_outcome
      conversion_date conversion_time conversion_status lead_conversion_time lead_conversion_date lead_conversion_days
      won is_won lost is_lost win_loss won_lost closed is_closed is_open
      purchased purchase_date date_closed has_closed_deal cancelled canceled
      actual_value actual_revenue actual_close_date estimated_close_date sales_cycle_duration overall_sales_duration`,
    patterns: [
      /(^|_)converted(_|$)/,
      /_(is_)?won$|^(won|lost)_(by|to|against)$/,
      /^hs_(is_)?closed|^hs_is_(open|won|lost)/,
      /(^|_)(deals?|opportunit(y|ies)|opps?|closed?)_(won|lost)(_|$)/,
      /(^|_)(won|lost)_(deals?|opportunit(y|ies)|opps?|date|time|at|on|amount|revenue|value)(_|$)/,
      /^closedate_|^cancel(l)?ation_(date|reason)$/,
      /(^|_)(reject(ion|ed)?|decline(d)?)_reason|(^|_)reasons?_for_(reject|declin)/,
      /(^|_)(loss|lost|win|won)_reason|(^|_)reasons?_(for_)?(loss|losing|lost|win|winning|won)(_|$)/,
      /^clos(e|ed|ing)_?(at|on|date|time|by|reason|amount|value|revenue)$/,
      /(^|_)(expected|estimated|actual|forecast|forecasted|deal|opportunity|anticipated|target)_clos(e|ed|ing)(_|$)/,
      /(^|_)(days|weeks|months|hours|time)_to_(close|convert|conversion|win)(_|$)/,
    ],
    abroad: [
      /(^|_)(gewonnen|verloren|abgeschlossen|konvertiert)(_am)?$|^(verlust|absage|ablehnungs)_?grund|(^|_)(abschluss|konvertierungs)_?datum/,
      /^(gagnee?|perdue?)$|^(motif|raison)_de_(la_)?perte|^date_de_(la_)?(cloture|fermeture|conversion)/,
      /^(ganad|perdid)[oa]$|^(motivo|razon)_de_(la_)?perdida|^fecha_de_(cierre|conversion)/,
    ],
    except: /(award|prize|medal|race|bid|case|game|title)s?_won$/,
  },
  {
    reason: 'exists only once there is a deal, and grows with it',
    names: `
      total_revenue estimated_value open_deals open_revenue won_deals lost_deals closed_deals qualifying_opportunity
      hs_analytics_revenue order_number invoice_number qualifying_opportunity_id has_opportunity has_deal has_open_deal`,
    patterns: [
      /^(hs_)?(recent|first|last|latest|associated|open|total|next|primary|current|num_open|num_associated)_(deal|opportunit)/,
      /^(deal|opportunity|opp)_(id|name|amount|value|size|count|owner|status|type|created|date|source|currency)/,
      /(^|_)(num|number|count|no|nr|total|sum)_(of_)?(associated_|open_|closed_|won_|lost_|related_)*(deals?|opportunit(y|ies)|opps)(_|$)/,
      /^of_(deals|opportunities|opps)$/,
      /(^|_)(deals?|opportunit(y|ies)|opps)_(count|amount|total|number|value|sum)(_|$)/,
      /(^|_)(expected|weighted|projected)_(deal_)?(revenue|value|amount)$/,
    ],
    abroad: [
      /^((anzahl|nombre|numero|der|de|zugehoerige|zugehorige|zugeordnete|offene)[nr]?_)+(deals|verkaufschancen|transactions|negocios)$|^(transactions|negocios)_(associees|asociados)$|^gesamtumsatz$/,
    ],
  },
  {
    reason: 'is filled in once the lead is a customer',
    names: `
      is_customer is_a_customer existing_customer active_customer paying_customer client_since customer_since customer_status customer_date became_customer
      date_became_customer hs_arr hs_mrr hs_acv hs_tcv arr mrr acv tcv ltv clv lifetime_value customer_lifetime_value
      churned is_churned churn_date churn_reason churn_risk nps nps_score csat customer_success_manager csm`,
    patterns: [
      /(^|_)(contract|subscription|renewal)_(start|end|begin|signed|sign|renewal|expiry|status|value|date)/,
      /^(first|last|total|recent)_(order|purchase|payment|invoice)(_|$)/,
    ],
    abroad: [/^(kunde_seit|ist_kunde|client_depuis|cliente_desde)$/],
    // What they have with somebody else.
    except: /competitor|vendor|provider|supplier|incumbent|lease|existing|current/,
  },
  {
    reason: 'is a forecast of the outcome, made over until it is known',
    names: 'close_probability win_rate contact_priority',
    patterns: [
      /(^|_)probability(_|$)/,
      /(^|_)forecast(ed|s)?(_|$)/,
      /(^|_)(propensity|likelihood)(_|$)/,
      /(^|_)(win|success|closing|deal)_chances?(_|$)/,
    ],
    abroad: [/wahrscheinlichkeit|^prognose|^probabilite(_|$)|^probabilidad(_|$)/],
  },
  {
    reason: 'is a score or a judgement of the lead that is made over as it goes on',
    names: `
      score hubspot_score lead_rating rating lead_quality lead_quality_code opportunity_rating opportunity_rating_code priority
      lead_priority lead_temperature hotness visitor_score msdyn_lead_score msdyn_lead_grade msdyn_opportunity_score`,
    patterns: [
      /(^|_)(lead|contact|prospect|deal|opportunity|account|customer|sales|marketing|engagement|behaviou?r(al)?|activity|einstein|pardot|marketo|hubspot|eloqua|health|intent|fit|combined)_(score|grade|scoring)(s|d|_|$)/,
      /(^|_)predict(ed|ion|ive)(_|$)|(^|_)predictive(contact|lead)?scor(e|ing)/,
    ],
  },
  {
    reason: 'is brought up to date until the export, so it holds what happened after the moment in question',
    names: `
      updated modified updated_at updated_on updated_by update_time modified_at modified_on modified_by modified_date
      modified_time date_modified date_updated system_modstamp hs_last_modified_date last_modified_date
      notes_last_updated notes_last_contacted num_notes num_contacted_notes number_of_sales_activities
      number_of_times_contacted times_contacted has_open_activity has_overdue_task is_unread_by_owner
      num_conversion_events num_unique_conversion_events recent_conversion recent_conversion_date
      recent_conversion_event_name number_of_form_submissions number_of_unique_forms_submitted
      average_page_views number_of_page_views number_of_sessions number_of_visits page_views sessions visits total_visits
      total_page_views total_time_spent_on_website time_spent_on_website days_visited number_of_chats
      change_log_time last_used_in_campaign average_time_spent_minutes activities_count done_activities_count undone_activities_count total_activities
      done_activities activities_to_do email_messages_count`,
    patterns: [
      /(^|_)last_(sales_|marketing_|logged_|incoming_|outgoing_|known_)?(activit|action|modif|contact|touch|update|engage|seen|visit|view|referenced|e?mail|call|meeting|login|logged|open|click|repl|response|interaction|conversion|transfer|timestamp|session|booked|sequence|submission|form|note|interesting|cu_|url|used|event|campaign|order)/,
      /^last(activity|modified|contacted|viewed|referenced)/,
      /^latest_|(^|_)next_(activity|steps?|call|meeting|task|contact|follow|action)(_|$)/,
      /^recent_(sales|marketing|social|e?mail|activity|contact|engagement)_/,
      /^first_(call|e?mail|meeting)_date_time$|^hs_(time_to_)?first_engagement|^hs_(count_)?is_(un)?worked$/,
      /^hs_analytics_(last|num|average)_/,
      /^hs_(last|latest|recent|sequences?|sales_email|social_num|email_(open|click|delivered|sent|replied|bounce|last))/,
    ],
    abroad: [
      /(^|_)(letzte[nrs]?|zuletzt|naechste[nrs]?|nachste[nrs]?)_(aktivit|anderung|aenderung|geandert|geaendert|aktualisier|bearbeit|kontakt|besuch|anruf|e?_?mail|termin|anmeldung|interaktion)/,
      /^(geandert|geaendert|aktualisiert|bearbeitet)_(am|von)$|^(anderungs|aenderungs)datum$/,
      /(^|_)derniere?_(activite|modification|visite|interaction|mise_a_jour)|^ultim[oa]_(actividad|modificacion|visita|contacto|interaccion)|_ultima_actividad/,
    ],
    except: /^latest_(funding|round)/,
  },
]

/** By name without underscores. */
const NAMED: ReadonlyMap<string, string> = new Map(
  RULES.flatMap(({ names, reason }) =>
    names
      .trim()
      .split(/\s+/)
      .map((name) => [squeezed(name), reason] as const),
  ),
)

/** Salesforce and Zoho end the names of custom fields so: Status__c, of which the trait status_c is made. */
export function withoutCustomEnding(name: string): string {
  return name.trim().replace(/__(c|s|pc)$|(?<=[a-z]{4})_c$/i, '')
}

/** Why the field gives the outcome away; null when it is not known to. The ending of custom fields does not count. */
export function outcomeFieldReason(name: string): string | null {
  const plain = withoutCustomEnding(name)
  for (const form of new Set([fieldKey(plain), snakeCase(plain)])) {
    const named = NAMED.get(squeezed(form))
    if (named !== undefined) return named
    const plainForm = form.normalize('NFD').replace(/\p{M}+/gu, '')
    for (const { patterns, abroad = [], except, reason } of RULES) {
      const isMeant =
        patterns.some((pattern) => pattern.test(form)) || abroad.some((pattern) => pattern.test(plainForm))
      if (isMeant && !except?.test(form)) return reason
    }
  }
  return null
}

function squeezed(name: string): string {
  return name.replaceAll('_', '')
}
