/** A definition with a column for each feature of the fixtures, and some that no model asks for. */
export const DEFINITION = `name: conversion
description: Columns for imported models.
entity: lead
population: leads
pipeline: new_business
target: won
horizon: 90d
landmarks: [entry]
learner: logistic
seed: 1
features:
  - seniority: { trait: title }
  - category: { trait: region, label: region }
  - category: { trait: industry, of: account, label: industry }
  - list: { trait: technologies, of: account, label: technologies }
  - number: { trait: employees, of: account, label: number of employees, unit: employee, group: company size, transform: log1p }
  - behaviour: { event: page_viewed, label: page view, group: website, half_life: 7d, measures: [count, recency] }
  - behaviour: { event: pricing_page_viewed, label: pricing page visit, group: pricing page, half_life: 14d, measures: [count] }
  - boolean: { trait: customer, label: customer, otherwise: not a customer }
`

/** Codes of industry are 3, 2, 1, ...: others than those of the vocabulary. */
export const MAP = `features:
  employees: employees
  visits: page_viewed.count
  recency: page_viewed.recency
  industry:
    column: industry
    categories: { Software: 11, retail: 10, banking: 9, health: 8, energy: 7, media: 6, travel: 5, food: 4, law: 3, steel: 2, toys: 1, wood: 0 }
  region: { column: region, categories: [EMEA, APAC, Americas] }
  is_customer: customer
`
