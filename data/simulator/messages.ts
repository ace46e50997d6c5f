/** What people type into the message field of a form. Fields in braces are filled in. */
import { integerBetween, oneOf, type Random } from '../random.ts'
import type { Intent } from './people.ts'

const MESSAGES: Readonly<Record<Intent, readonly string[]>> = {
  none: [],
  buying: [
    'We want to buy {n} seats this quarter. Please send a quote.',
    'Looking for pricing for a team of {n}. Budget is approved.',
    'Can we get a contract for {n} users? We need to start next month.',
    'Wir möchten {n} Lizenzen kaufen und brauchen ein Angebot.',
    'Bonjour, nous souhaitons un devis pour {n} utilisateurs.',
    'Queremos comprar la licencia anual para {n} personas, ¿precio?',
    'Need a proposal and pricing asap 🙏 (about {n} people)',
  ],
  evaluating: [
    'We are comparing a few tools and would like to see a demo.',
    'Evaluating lead scoring vendors for {n} reps, can you show how it works with our CRM?',
    'Interested in a trial before we decide.',
    'Wir vergleichen gerade Anbieter und hätten gern eine Demo.',
    'Nous évaluons plusieurs solutions, une démo serait utile.',
  ],
  question: [
    'Do you work with EU data only?',
    'Hi, quick question: is there an on-premise version?',
    'How often are scores refreshed?',
    'Where can I read about your security?',
  ],
  partnership: [
    'We are an agency and would like to become a reseller.',
    'Interested in a partnership: we could resell your product to our clients.',
    'Integration partnership? We have {n} customers in common.',
  ],
  support: [
    'I cannot log in to my account, please help.',
    'Error {n} when I connect the CRM. It does not work.',
    'Please reset my password, I have an open support ticket.',
  ],
  job_seeking: [
    'I would like to apply for the open position, my CV is attached.',
    'Are you hiring? I have {n} years of experience.',
    'Bewerbung als Entwickler, anbei mein Lebenslauf.',
  ],
  student_project: [
    'I am writing my master thesis on lead scoring, can I get free access?',
    'This is for a university assignment. Is there a student licence?',
    'Ich schreibe meine Bachelorarbeit und bräuchte einen kostenlosen Zugang.',
  ],
}

/** null where nothing was declared. */
export function messageFor(random: Random, intent: Intent): string | null {
  const messages = MESSAGES[intent]
  if (messages.length === 0) return null
  return oneOf(random, messages).replace('{n}', String(integerBetween(random, 3, 240)))
}
