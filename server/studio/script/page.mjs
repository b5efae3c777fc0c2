// What the server has put into the page for its scripts, and small helpers that all of them use.
const json = (id) => JSON.parse(document.getElementById(id)?.textContent ?? '{}')

export const config = json('config')
const patterns = json('words')
// The digits are the server's: one page must not write 12 here and ١٢ there.
export const language = new Intl.Locale(document.documentElement.lang, { numberingSystem: config.digits }).toString()
const number = new Intl.NumberFormat(language)

// A part of ICU MessageFormat: {name}, {n, plural, …} with # and =0, {x, select, …}, and '' for an apostrophe.
// (server/studio/scripts.cpp sends the catalog's own patterns.)
function format(pattern, params) {
  let at = 0
  const plural = new Intl.PluralRules(language)
  const until = (ends) => {
    const from = at
    while (at < pattern.length && !ends.includes(pattern[at])) ++at
    return pattern.slice(from, at).trim()
  }
  const argument = () => {
    const name = until(',}')
    if (pattern[at++] === '}') return typeof params[name] === 'number' ? number.format(params[name]) : (params[name] ?? '')
    const kind = until(',')
    ++at
    const choices = {}
    while (pattern[at] !== '}') {
      const key = until('{')
      ++at
      choices[key] = message(kind === 'plural' ? params[name] : undefined)
      ++at
      while (/\s/.test(pattern[at])) ++at
    }
    ++at
    const value = params[name]
    if (kind === 'plural') return choices['=' + value] ?? choices[plural.select(value)] ?? choices.other
    return choices[value] ?? choices.other
  }
  const message = (count) => {
    let text = ''
    while (at < pattern.length && pattern[at] !== '}') {
      const c = pattern[at++]
      if (c === '{') text += argument()
      else if (c === '#' && count !== undefined) text += number.format(count)
      else if (c === "'" && pattern[at] === "'") text += pattern[at++]
      else text += c
    }
    return text
  }
  return message()
}

export const say = (key, params = {}) => format(patterns[key] ?? key, params)

const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto', style: 'short' })
// Since `then`, milliseconds: "3 s ago"
export function ago(then) {
  const seconds = Math.min(0, Math.round((then - Date.now()) / 1000))
  if (seconds > -60) return relative.format(seconds, 'second')
  if (seconds > -3600) return relative.format(Math.round(seconds / 60), 'minute')
  if (seconds > -86400) return relative.format(Math.round(seconds / 3600), 'hour')
  return relative.format(Math.round(seconds / 86400), 'day')
}

// A field has \n alone at the ends of its lines, whatever was saved.
export const plain = (text) => text.replace(/\r\n?/g, '\n')

export const $ = (selector, within = document) => within.querySelector(selector)

// make('p', {class: 'soft', lang: 'nb'}, 'text', child)
export function make(name, attributes = {}, ...children) {
  const element = document.createElement(name)
  for (const [key, value] of Object.entries(attributes))
    if (key.startsWith('on')) element.addEventListener(key.slice(2), value)
    else if (value !== undefined && value !== false) element.setAttribute(key, value === true ? '' : value)
  element.append(...children.filter((child) => child !== undefined && child !== null && child !== false))
  return element
}

export const button = (text, onclick, cls = '') => make('button', { type: 'button', class: cls, onclick }, text)
export const copyOf = (template) => document.getElementById(template).content.firstElementChild.cloneNode(true)

// For those who hear the page. The same text again is said again.
export function speak(text) {
  const place = document.getElementById('spoken')
  if (place) place.textContent = place.textContent === text ? text + '\u00a0' : text
}

// Calls `work` when it has not been asked for during `pause` milliseconds.
export function after(pause, work) {
  let timer
  const ask = (...args) => {
    clearTimeout(timer)
    timer = setTimeout(() => work(...args), pause)
  }
  ask.stop = () => clearTimeout(timer)
  return ask
}
