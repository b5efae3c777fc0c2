// The form of a source: what saving will do, while it is being written, and a draft that nobody else sees (only a save
// counts as a change of the source). The form works without it, with a step in between.
import { askAgain, Problem, renew, Unreachable } from './api.mjs'
import * as drafts from './drafts.mjs'
import { after, ago, button, config, make, plain, say } from './page.mjs'
import { startTimes } from './times.mjs'

const pause = 700 // milliseconds without a key
const form = document.getElementById('source')
const place = document.getElementById('consequences')
const fields = [...form.querySelectorAll('[data-field]')]
const keyOf = (field) => 'field:' + field.name

// Where a save was refused, the field begins with what was typed.
const savedOf = (field) => plain(field.dataset.saved ?? field.defaultValue)
const changed = () => fields.filter((field) => field.value !== savedOf(field))
// Which saved text a field was typed over (its print), and of which versions.
const baseOf = (field) => form.elements['was.' + field.name].value
const versions = () => [form.elements.version.value, form.elements.article.value]

function changesOf(list) {
  const changes = {}
  for (const { name, value } of list) {
    if (name.startsWith('fields.')) (changes.fields ??= {})[name.slice(7)] = value
    else if (!name.startsWith('shared.')) changes[name] = value
  }
  return changes
}

function difference({ diff }) {
  const element = { added: 'ins', removed: 'del' }
  const runs = diff.map((run) => (element[run.op] ? make(element[run.op], {}, run.text) : run.text))
  return make('div', { class: 'change text', lang: config.locale, dir: config.dir }, ...runs)
}

function show({ segments, locales }) {
  const lines = locales.map((one) =>
    make('li', {}, make('span', { class: 'pill outdated' }, make('span', { 'aria-hidden': 'true' }, say('shape-outdated')), ' ', config.names[one.locale] ?? one.locale), ' ', make('span', { class: 'small' }, say('consequences-outdated', { count: one.segments, words: one.words }))),
  )
  const count = (what) => segments.filter((one) => one.what === what).length
  for (const [what, key] of [['added', 'consequences-added'], ['removed', 'consequences-removed']])
    if (count(what)) lines.push(make('li', { class: 'small' }, say(key, { count: count(what) })))
  if (!lines.length) lines.push(make('li', {}, make('span', { class: 'pill current' }, make('span', { 'aria-hidden': 'true' }, say('shape-current')), ' ', say('consequences-nothing'))))
  place.replaceChildren(make('ul', { class: 'plainlist' }, ...lines), ...segments.map(difference))
  const keep = document.getElementById('keep-all')
  if (keep) keep.hidden = locales.length === 0
}

// Drafts that a save has taken on, brought together with others' words or not, are none any more. Whether it has, the
// page after it says.
const sentKey = 'stele:sent:' + config.api
function dropSaved() {
  const sent = JSON.parse(sessionStorage.getItem(sentKey) ?? '[]')
  sessionStorage.removeItem(sentKey)
  if (/[?&]done=(saved|published|moved)/.test(location.search)) sent.forEach(drafts.drop)
}

const none = place?.textContent // absent for who may not write
let controller
async function look() {
  controller?.abort()
  const list = changed()
  document.getElementById('source-saving').textContent = list.length ? say('source-kept') : ''
  if (!list.length) return place.replaceChildren(none)
  if (form.elements.version.value !== config.version) return place.replaceChildren(say('draft-source-changed'))
  controller = new AbortController()
  place.setAttribute('aria-busy', 'true')
  try {
    show((await askAgain('POST', config.api + '/consequences', { body: changesOf(list), signal: controller.signal })).body)
  } catch (fault) {
    if (fault.name === 'AbortError') return
    const errors = fault instanceof Problem ? (fault.body.errors ?? []).map((one) => one.detail) : []
    place.replaceChildren(make('p', { class: 'mistake' }, errors.join(' ') || inWay(fault)))
  }
  place.removeAttribute('aria-busy')
}
const later = after(pause, look)

// Why nothing arrives, and what to do about it.
function inWay(fault) {
  if (fault instanceof Unreachable) return say('source-offline')
  return fault.status === 401 ? notSignedIn('signed-out') : fault.message
}
function notSignedIn(outcome) {
  const text = outcome === 'other-account' ? say('other-account', { name: config.account }) : say('source-signed-out')
  return make('span', {}, text, ' ', make('a', { href: '/studio/sign-in', target: '_blank' }, say('sign-in')))
}

// A form that is sent into nothing takes its page along: first it is asked whether anybody listens, and to whom.
let sending = false
async function send(button) {
  if (sending) return
  sending = true
  const status = document.getElementById('source-saving')
  const stay = (why) => {
    sending = false
    status.replaceChildren(make('span', { class: 'mistake' }, why))
  }
  let outcome
  try {
    outcome = await renew()
  } catch (fault) {
    return stay(inWay(fault))
  }
  if (outcome !== 'renewed') return stay(notSignedIn(outcome))
  form.elements.csrf.value = config.csrf
  sessionStorage.setItem(sentKey, JSON.stringify(changed().map(keyOf)))
  if (button) form.append(make('input', { type: 'hidden', name: button.name, value: button.value }))
  form.submit()
}

function keep(field) {
  if (field.value === savedOf(field)) drafts.drop(keyOf(field))
  else drafts.put(keyOf(field), field.value, baseOf(field), versions())
}

// Law 5: what has been typed over another text than the one that is saved now is saved as what it is, so that the other
// is brought together with it, or shown.
function typedOver([version, article]) {
  const number = (text) => Number(text.split('.')[0])
  for (const [name, was] of [['version', version], ['article', article]])
    if (number(was) < number(form.elements[name].value)) form.elements[name].value = was
}

function offer(field, draft) {
  const moved = draft.base !== baseOf(field)
  const done = () => {
    box.remove()
    drafts.drop(draft.key)
    field.focus()
  }
  const use = () => {
    if (moved) {
      typedOver(draft.version)
      form.elements['was.' + field.name].value = draft.base
    }
    field.value = draft.text
    keep(field)
    done()
    look()
  }
  const lead = make('p', { class: 'small' }, make('strong', {}, say('draft-source', { time: ago(draft.at) })), ' ', moved ? say('draft-source-changed') : '')
  const actions = make('div', { class: 'actions' }, button(say('draft-use'), use), button(say('draft-drop'), done))
  const box = make('div', { class: 'both', role: 'group' }, lead, make('blockquote', { class: 'text', lang: field.lang, dir: field.dir }, draft.text), actions)
  field.after(box)
}

function start() {
  document.documentElement.classList.add('with-script')
  form.addEventListener('input', ({ target }) => {
    if (!fields.includes(target)) return
    keep(target)
    later()
  })
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    send(event.submitter)
  })
  dropSaved()
  for (const draft of drafts.offered()) {
    const field = fields.find((one) => keyOf(one) === draft.id)
    if (!field) continue
    if (draft.text === savedOf(field) || draft.text === field.value) drafts.drop(draft.key)
    else offer(field, draft)
  }
  changed().forEach(keep)
  addEventListener('keydown', (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.key !== 's') return
    event.preventDefault()
    form.requestSubmit(form.querySelector('button[value=save]'))
  })
  if (changed().length) look()
  startTimes(form)
  import('./comments.mjs').then(({ startComments }) => startComments())
  import('./presence.mjs').then(({ startPresence }) => startPresence())
  form.dataset.ready = 'true'
}

start()
