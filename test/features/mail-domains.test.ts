import { describe, expect, it } from 'vitest'
import { domainOf, mailDomainKindOf, mailDomainOf } from '../../src/features/mail-domains.ts'

describe('kind of a mail domain', () => {
  it.each([
    ['acme.com', 'business'],
    ['gmail.com', 'free'],
    ['googlemail.com', 'free'],
    ['hotmail.co.uk', 'free'],
    ['gmx.de', 'free'],
    ['web.de', 'free'],
    ['orange.fr', 'free'],
    ['proton.me', 'free'],
    ['icloud.com', 'free'],
    ['163.com', 'free'],
    ['mail.ru', 'free'],
    ['gmail.acme.com', 'business'],
    ['mygmail.com', 'business'],
    ['mailinator.com', 'disposable'],
    ['team.mailinator.com', 'disposable'],
    ['a.b.sharklasers.com', 'disposable'],
    ['mail.gmx.de', 'free'],
    ['10minutemail.net', 'disposable'],
    ['sharklasers.com', 'disposable'],
    ['my-new-tempmail.example', 'disposable'],
    ['mit.edu', 'student'],
    ['cs.mit.edu', 'student'],
    ['unimelb.edu.au', 'student'],
    ['ox.ac.uk', 'student'],
    ['students.example.org', 'student'],
    ['stud.uni-heidelberg.de', 'student'],
    ['tu-berlin.de', 'student'],
    ['univ-lyon1.fr', 'student'],
    ['harvarduniversity.org', 'student'],
    ['education.com', 'business'],
    ['edu-soft.com', 'business'],
    ['unilever.com', 'business'],
    ['tu.com', 'business'],
    ['studio.com', 'business'],
  ])('%s is %s', (domain, kind) => {
    expect(mailDomainKindOf(domain)).toBe(kind)
  })
})

describe('the domain of an address', () => {
  it.each([
    ['Ann@Acme.COM', 'acme.com'],
    [' ann+news@mail.acme.co.uk ', 'mail.acme.co.uk'],
    ['ann@müller.de', 'müller.de'],
    ['ann@acme', undefined],
    ['ann@@acme.com', undefined],
    ['@acme.com', undefined],
    ['acme.com', undefined],
    ['a b@acme.com', undefined],
    ['ann@acme..com', undefined],
    [7, undefined],
    [undefined, undefined],
    [`${'a'.repeat(400)}@acme.com`, undefined],
  ])('%s: %s', (mail, domain) => {
    expect(mailDomainOf(mail)).toBe(domain)
  })

  it.each([
    ['https://www.acme.com/about?x=1', 'acme.com'],
    ['ACME.com.', 'acme.com'],
    ['acme.com:8080', 'acme.com'],
    ['localhost', undefined],
    ['', undefined],
  ])('of a site %s: %s', (site, domain) => {
    expect(domainOf(site)).toBe(domain)
  })
})
