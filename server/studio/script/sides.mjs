// What helps with the open row: suggestions, terms, checks, comments, who else is here, and the preview. Everything is
// asked for when a row is open, never for all rows at once.
import { ask, Unreachable } from './api.mjs'
import { startChecks } from './checks.mjs'
import { startComments } from './comments.mjs'
import { startFill } from './fill.mjs'
import { startMemory } from './memory.mjs'
import { config, make, say } from './page.mjs'
import { startPresence } from './presence.mjs'
import { startPreview } from './preview.mjs'
import { current, onOpen } from './rows.mjs'
import { startTerms } from './terms.mjs'

export const shapes = { error: '■', warning: '⚠', note: '·' }
const rest = 150 // milliseconds that a row is open before something is asked for it: one may be passing by

export const segmentPath = (row, what) => `${config.api}/segments/${encodeURIComponent(row.id)}/${what}`

// Something that is asked for again and again for one place of the page: only the last answer counts, and what cannot
// be had leaves the place empty. Help that fails is no fault of the text.
export function asker() {
  let controller
  return async (...request) => {
    controller?.abort()
    controller = new AbortController()
    const { signal } = controller
    const [method, path, options] = request
    try {
      const answer = await ask(method, path, { ...options, signal })
      return signal.aborted ? undefined : answer.body
    } catch {
      return undefined
    }
  }
}

// What somebody wrote and sent did not arrive: the fault, beside what was written, which stays.
export function told(fault) {
  const signIn = fault.status === 401 && make('a', { href: '/studio/sign-in', target: '_blank' }, say('sign-in'))
  const text = fault instanceof Unreachable ? say('unreached') : fault.message
  return make('p', { class: 'mistake', role: 'alert' }, text, ' ', signIn || '')
}

export function side(name) {
  const section = document.getElementById('panel-' + name)
  const place = section.querySelector('.in')
  return {
    section,
    place,
    hide: () => (section.hidden = true),
    loading() {
      place.setAttribute('aria-busy', 'true')
      if (!place.firstChild) place.textContent = say('loading')
    },
    show(...children) {
      place.removeAttribute('aria-busy')
      place.replaceChildren(...children)
      section.hidden = false
    },
  }
}

const openings = []
// `look(row)` when a row has been open for a moment; `leave()` when it is not open any more.
export const forOpenRow = (look, leave) => openings.push({ look, leave })

// In a narrow window the panels stand under the open row, else beside all of them.
const narrow = matchMedia('(max-width: 1000px)')
function place(row) {
  const sides = document.getElementById('sides')
  const under = narrow.matches && row?.isSegment ? row.element : document.querySelector('.right')
  if (sides && sides.parentNode !== under) under.append(sides)
}

// From the field to the panels and back.
function changeSides() {
  const sides = document.getElementById('sides')
  if (sides.contains(document.activeElement)) return current?.field.focus()
  const first = [...sides.querySelectorAll('button, a[href], textarea')].find((one) => one.checkVisibility())
  ;(first ?? sides).focus()
}

let timer
function opened(row) {
  clearTimeout(timer)
  place(row)
  for (const { leave } of openings) leave?.()
  if (row?.isSegment) timer = setTimeout(() => openings.forEach(({ look }) => look(row)), rest)
}

export function start(actions) {
  startPreview()
  startTerms()
  startComments()
  startPresence()
  if (config.can_write) {
    startMemory(actions)
    startChecks()
    startFill()
  }
  actions.sides = changeSides
  narrow.addEventListener('change', () => place(current))
  onOpen(opened)
  if (current) opened(current)
}
