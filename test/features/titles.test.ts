import { describe, expect, it } from 'vitest'
import { readTitle } from '../../src/features/titles.ts'

/** title | seniority | department; - for: it does not tell. */
const TITLES = `
CEO | executive | management
C.E.O. | executive | management
Chief Executive Officer | executive | management
Founder & CEO | executive | management
CTO/Co-Founder | executive | engineering
cto | executive | engineering
Co-founder | executive | management
Chief Technology Officer | executive | engineering
Chief Financial Officer (CFO) | executive | finance
CMO | executive | marketing
Chief Revenue Officer | executive | sales
CISO | executive | it
CHRO | executive | human_resources
Owner | executive | management
Business Owner | executive | management
Managing Director | executive | management
Managing Partner | executive | management
Partner | executive | -
President | executive | management
Chairman of the Board | executive | management
General Manager | executive | management
Vice President | vice_president | -
VP Eng | vice_president | engineering
V.P., Sales | vice_president | sales
SVP Marketing EMEA | vice_president | marketing
Executive Vice President Finance | vice_president | finance
Assistant Vice President, Treasury | vice_president | finance
VP of People | vice_president | human_resources
Director of Engineering | director | engineering
Sr. Director, Product Marketing | director | marketing
Associate Director IT | director | it
Head of Growth | director | marketing
Head of Data Science | director | data
Global Head of Procurement | director | procurement
Art Director | director | design
Chief of Staff | director | operations
Chief Architect | director | engineering
Director, Legal & Compliance | director | legal
Engineering Manager | manager | engineering
Marketing Mgr | manager | marketing
Team Lead Customer Support | manager | customer_success
Product Manager | manager | product
Sr Product Manager | manager | product
Production Supervisor | manager | operations
Account Manager | manager | sales
Engineering Lead | manager | engineering
Customer Success Manager | manager | customer_success
HR Manager | manager | human_resources
Lead Developer | senior | engineering
Senior Software Engineer | senior | engineering
Sr. Accountant | senior | finance
Principal Engineer | senior | engineering
Staff Engineer | senior | engineering
Solutions Architect | senior | engineering
Professor of Physics | senior | research
Software Engineer | specialist | engineering
software developer (full-stack) | specialist | engineering
DevOps | specialist | engineering
SRE | specialist | engineering
QA tester | specialist | engineering
Data Scientist | specialist | data
Machine Learning Engineer | specialist | data
Business Analyst | specialist | -
Account Executive | specialist | sales
Sales Executive | specialist | sales
SDR | specialist | sales
Business Development Representative | specialist | sales
Product Owner | specialist | product
UX Designer | specialist | design
Recruiter | specialist | human_resources
Lawyer | specialist | legal
Data Protection Officer | specialist | legal
Security Analyst | specialist | it
IT Support | specialist | it
Database Administrator | specialist | it
Bookkeeper | specialist | finance
Buyer | specialist | procurement
Lead Generation Specialist | specialist | marketing
Office Manager | specialist | operations
Scrum Master | specialist | engineering
Student Success Coordinator | specialist | research
Research Scientist | specialist | research
Freelancer | specialist | -
Assistant to the CEO | junior | operations
Executive Assistant | junior | operations
Junior Developer | junior | engineering
Jr. Analyst | junior | -
Sales Associate | junior | sales
Receptionist | junior | operations
Intern | trainee | -
Marketing Intern | trainee | marketing
International Sales Manager | manager | sales
Internal Auditor | specialist | finance
Student | trainee | -
PhD student, machine learning | trainee | data
Working Student IT | trainee | it
Apprentice Electrician | trainee | -
Geschäftsführer | executive | management
Geschaeftsfuehrerin | executive | management
Geschäftsführender Gesellschafter | executive | management
GESCHÄFTSFÜHRER/IN (m/w/d) | executive | management
Vorstand Finanzen | executive | finance
Inhaber | executive | management
Gründerin | executive | management
Prokurist | director | -
Leiter Einkauf | director | procurement
Vertriebsleiterin | director | sales
Abteilungsleiter IT | director | it
Marketingleiter | director | marketing
Personalleiter | director | human_resources
Leiterin Buchhaltung | director | finance
Teamleiter Kundenservice | manager | customer_success
Projektleiter | manager | operations
Softwareentwickler:in | specialist | engineering
Vertriebsingenieur | specialist | sales
Sachbearbeiter Rechnungswesen | specialist | finance
Referent Öffentlichkeitsarbeit | specialist | marketing
Vorstandsassistentin | junior | operations
Werkstudent Marketing | trainee | marketing
Praktikantin | trainee | -
Azubi Mechatronik | trainee | -
PDG | executive | management
Directeur Général | executive | management
Gérante | executive | management
Directrice commerciale | director | sales
Directeur des Systèmes d'Information | director | it
DSI | director | it
DRH | director | human_resources
Responsable marketing | manager | marketing
Chef de projet | manager | operations
Ingénieur logiciel | specialist | engineering
Développeuse | specialist | engineering
Acheteur | specialist | procurement
Assistante de direction | junior | operations
Stagiaire RH | trainee | human_resources
Étudiant | trainee | -
Director General | executive | management
Consejero Delegado | executive | management
Dueño | executive | management
Directora de Recursos Humanos | director | human_resources
Jefe de Ventas | manager | sales
Gerente de Operaciones | manager | operations
Desarrolladora de software | specialist | engineering
Becario | trainee | -
Sócio-fundador | executive | management
Diretor Financeiro | director | finance
Estagiária | trainee | -
Amministratore Delegato | executive | management
Responsabile acquisti | manager | procurement
Sviluppatore | specialist | engineering
Eigenaar | executive | management
Hoofd Inkoop | director | procurement
Verkoopmedewerker | specialist | sales
VD | executive | management
Marknadschef | manager | marketing
Prezes Zarządu | executive | management
Dyrektor Sprzedaży | director | sales
Kierownik projektu | manager | operations
Генеральный директор | executive | management
Разработчик | specialist | engineering
代表取締役 | executive | management
営業部長 | director | sales
マネージャー | manager | -
工程师 | specialist | engineering
Retired | - | -
Former CEO | - | -
ex-CTO | - | -
Looking for new opportunities | - | -
n/a | - | -
asdfgh | - | -
🚀 | - | -
Blacksmith | - | -
`
  .trim()
  .split('\n')
  .map((line) => line.split('|').map((cell) => cell.trim()) as [string, string, string])

describe('titles in the wild', () => {
  it.each(TITLES)('%s: %s, %s', (title, seniority, department) => {
    const reading = readTitle(title)
    expect([reading.seniority ?? '-', reading.department ?? '-']).toEqual([seniority, department])
  })

  it('reads a title whatever its case, spaces and punctuation', () => {
    for (const [title] of TITLES) {
      expect(readTitle(`  ${title.toUpperCase()}!! `)).toEqual(readTitle(title))
    }
  })

  it('stays cheap and calm on hostile text', () => {
    const hostile = [
      'a'.repeat(1_000_000),
      '('.repeat(100_000),
      'leiter'.repeat(50_000),
      '\u0000\u202E\uD800',
      ' ',
    ]
    for (const text of hostile) expect(() => readTitle(text)).not.toThrow()
  })
})
