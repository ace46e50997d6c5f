/** Names of people, from several countries, and how the same name is typed a second time. */
import { happens, integerBetween, oneOf, type Random } from '../random.ts'

export interface PersonName {
  readonly first: string
  readonly last: string
}

const FIRST_NAMES =
  'Ada Alan Amina Anders Anna Antoine Beatriz Ben Björn Camille Carlos Chiara Chloé Daniel David Elena Emma Erik Fatima Felix Femke Finn Florian Giulia Hannah Hiroshi Ines Ingrid Ivan Jan Jana João Jonas Julia Kai Karin Katarzyna Kenji Lars Laura Léa Lena Liam Lucía Lukas Magdalena Marek María Martin Maya Mia Miguel Mohamed Nadia Niamh Nina Noah Olga Oliver Omar Paolo Paul Petra Priya Rafael Rahul Rosa Sara Sean Sofia Søren Stefan Tarek Thomas Tomás Ulrike Victor Wei Wiebke Xavier Yara Yuki Zoë Zuzana'.split(
    ' ',
  )

const LAST_NAMES =
  "Adler Almeida Andersen Bauer Becker Bianchi Blom Brandt Byrne Campos Carlsen Chen Costa Dahl Delacroix Diallo Doyle Duarte Eriksson Esposito Fischer Fontaine Friis Gallo García Gómez Haas Haddad Hansen Hoffmann Ibrahim Jansen Jensen Johansson Kaur Keller Kim Klein Kowalski Krüger Lambert Larsen Laurent Lehmann Lindqvist López Maier Marchetti Martins Meyer Mbeki Moreau Müller Nakamura Nguyen Novák Nowak O'Brien O'Connor Okafor Olsen Patel Petit Pereira Peters Popescu Ricci Rossi Sánchez Santos Sato Schäfer Schmidt Schulz Silva Singh Sørensen Steiner Suzuki Tanaka Torres Vargas Vogel Wagner Walsh Weber Wójcik Wolff Yamamoto Zimmermann".split(
    ' ',
  )

export function drawName(random: Random): PersonName {
  return { first: oneOf(random, FIRST_NAMES), last: oneOf(random, LAST_NAMES) }
}

/** The same text as somebody else types it: without accents, in capitals, with a letter doubled, swapped or lost. Never equal to it. */
export function respell(random: Random, text: string): string {
  const plain = text
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .replace(/ø/g, 'o')
    .replace(/Ø/g, 'O')
  if (plain !== text && happens(random, 0.6)) return plain
  const letters = [...text]
  if (letters.length < 3 || happens(random, 0.25)) {
    return text === text.toUpperCase() ? text.toLowerCase() : text.toUpperCase()
  }
  const at = integerBetween(random, 1, letters.length - 2)
  const here = letters[at] ?? ''
  const next = letters[at + 1] ?? ''
  if (here !== next && happens(random, 0.4)) letters.splice(at, 2, next, here)
  else if (happens(random, 0.5)) letters.splice(at, 1, here, here)
  else letters.splice(at, 1)
  return letters.join('')
}
