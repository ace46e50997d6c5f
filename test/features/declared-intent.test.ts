import { describe, expect, it } from 'vitest'
import { readDeclaredIntent } from '../../src/features/declared-intent.ts'

describe('declared intent', () => {
  it.each([
    ['Could you send us a quote for 40 seats?', 'buying'],
    ['What is the PRICING of the enterprise plan?', 'buying'],
    ['We are switching from Acme and want to get started this quarter.', 'buying'],
    ['Bitte senden Sie uns ein Angebot für 20 Lizenzen.', 'buying'],
    ['Pouvez-vous nous envoyer un devis ?', 'buying'],
    ['Necesitamos un presupuesto para 15 usuarios', 'buying'],
    ['Vorremmo un preventivo', 'buying'],
    ["I'd like to see a demo", 'evaluating'],
    ['Does it integrate with Salesforce?', 'evaluating'],
    ['We compare you with two alternatives.', 'evaluating'],
    ['Wir möchten gern mehr erfahren', 'evaluating'],
    ['Je voudrais en savoir plus', 'evaluating'],
    ['Quisiera más información', 'evaluating'],
    ['We would like to become a partner / reseller in Spain', 'partnership'],
    ['We offer SEO services at a good price', 'partnership'],
    ['Interesse an einer Kooperation', 'partnership'],
    ["I can't log in since the update", 'support'],
    ['The export is not working, error 500', 'support'],
    ['Passwort vergessen', 'support'],
    ['Mot de passe oublié', 'support'],
    ['I am a student and need a price for my thesis', 'student'],
    ['Für meine Masterarbeit suche ich Daten', 'student'],
    ['Soy estudiante', 'student'],
    ['Attached is my CV, are you hiring?', 'job'],
    ['Bewerbung als Entwickler', 'job'],
    ['Candidature spontanée', 'job'],
    ['Hello there', 'none'],
    ['Thanks!', 'none'],
    ['🙂', 'none'],
  ])('%s: %s', (message, intent) => {
    expect(readDeclaredIntent(message)).toBe(intent)
  })

  it('takes words only as a whole', () => {
    expect(readDeclaredIntent('bordering on jobless priceless Costa')).toBe('none')
  })

  it('says nothing of no message', () => {
    expect(readDeclaredIntent(' \n ')).toBeUndefined()
  })
})
