/** What people say that they want, in the text of a form. Words decide, in English, German, French, Spanish, Italian and Portuguese. */
import { firstMatch, plainWords, type WordRule } from './word-rules.ts'

export type DeclaredIntent = 'buying' | 'evaluating' | 'partnership' | 'support' | 'student' | 'job' | 'none'

export const DECLARED_INTENTS: readonly DeclaredIntent[] = [
  'buying',
  'evaluating',
  'partnership',
  'support',
  'student',
  'job',
  'none',
]

/** The first that matches decides: a student who asks for the price is a student. */
export const INTENT_RULES: readonly WordRule<DeclaredIntent>[] = [
  {
    name: 'job',
    phrases: `job, jobs, my cv, my resume, curriculum, vacancy, vacancies, open position*, open role*, job application, apply for, applying for, hiring, are you hiring, internship, internships, career*, work for you, work at your,
      bewerbung*, bewerben, lebenslauf, stellenangebot*, stelle, praktikum, offene stellen, karriere, candidature*, postuler, emploi, recrutement, stage, lettre de motivation, empleo, vacante*, practicas, trabajar con ustedes, candidatura, lavoro, emprego, vaga, vagas`,
  },
  {
    name: 'student',
    phrases: `student, students, my thesis, thesis, dissertation, homework, school project, university project, university course, class project, for my studies, for a class, coursework, phd, assignment, academic*,
      studentin, studierende*, masterarbeit, bachelorarbeit, abschlussarbeit, hausarbeit, studienarbeit, studium, uni, etudiant, etudiante, memoire, these, estudiante, tesis, trabajo de fin de, universidad, studente, studentessa, tesi, estudante, tcc`,
  },
  {
    name: 'partnership',
    phrases: `partnership*, partner with, partnering, become a partner, partner program*, reseller*, resell, resale, affiliate*, collaborat*, guest post, backlink*, sponsor*, white label, joint venture, our services, seo services, we offer, outsourcing, agency partner,
      partnerschaft*, kooperation*, zusammenarbeit, vertriebspartner*, wiederverkauf*, partenariat*, partenaire*, revendeur*, colaborar, colaboracion, alianza, revendedor*, distribuidor*, collaborazione, rivenditore, parceria`,
  },
  {
    name: 'support',
    phrases: `support ticket, not working, does not work, doesn t work, stopped working, broken, bug, error, error message, issue with, problem with, cannot log in, can t log in, cannot login, can t login, log in, reset my password, reset password, password,
      my account, our account, cancel my, refund, my invoice, wrong invoice, help with my, help us with our account, technical support,
      funktioniert nicht, fehler, fehlermeldung, passwort, anmelden, rechnung, kundigung, kundigen, hilfe bei, ne fonctionne pas, ne marche pas, erreur, mot de passe, facture, resilier, no funciona, contrasena, factura, mi cuenta, non funziona, errore, fattura, nao funciona, senha, fatura`,
  },
  {
    name: 'buying',
    phrases: `price, prices, pricing, quote, quotation, cost, costs, how much, buy, buying, purchase*, purchasing, order, contract, budget*, rfp, rfq, proposal, license*, licence*, seats, subscription, upgrade, enterprise plan, annual plan, sign up for, ready to, get started, roll out, rollout, switch from, switching from, replace our, this quarter, asap, call me, call us, speak to sales, talk to sales, contact me, sales rep*, procurement, vendor,
      preis, preise, preisliste, angebot, kosten, kaufen, bestellen, lizenz*, vertrag, einfuhren, anschaffen, anschaffung, ruckruf, rufen sie,
      prix, tarif, tarifs, devis, acheter, achat, commander, licence, contrat, rappelez*, precio*, presupuesto*, cotizacion*, comprar, compra, contratar, licencia*, tarifa*, prezzo, prezzi, preventivo, acquistare, comprare, licenze, costo, preco*, orcamento, cotacao, licenca*`,
  },
  {
    name: 'evaluating',
    phrases: `demo, demonstration, trial, evaluat*, compar*, versus, vs, alternative*, learn more, more information, more info, information, interested, interest, features, feature, integrat*, does it, do you support, can it, how does, try, test, testing, poc, proof of concept, pilot, shortlist, research, researching, explore, exploring, webinar, whitepaper, white paper, case study, security questionnaire, looking into, looking for, considering, requirements,
      testen, testversion, vorfuhrung, vergleich*, informationen, mehr erfahren, interesse, interessiert, funktionen, schnittstelle*, evaluier*,
      essai, essayer, comparer, en savoir plus, informations, interesse*, fonctionnalit*, demonstration, prueba, probar, comparar, mas informacion, informacion, interesad*, demostracion, funciones, integracion*,
      prova, provare, confrontare, maggiori informazioni, informazioni, interessat*, dimostrazione, teste, testar, mais informacoes, informacoes, demonstracao`,
  },
]

const intentOf = firstMatch(INTENT_RULES)

/** `none` for a text that says none of these; undefined for no text at all. */
export function readDeclaredIntent(message: string): DeclaredIntent | undefined {
  if (message.trim() === '') return undefined
  return intentOf(plainWords(message)) ?? 'none'
}
