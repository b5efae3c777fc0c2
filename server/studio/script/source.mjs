// The form of a source: what saving will do, while it is being written, and a draft that nobody else sees (only a save
// counts as a change of the source). The form works without it, with a step in between.
import { ask, Problem } from './api.mjs'
import * as drafts from './drafts.mjs'
import { after, ago, button, config, language, make, say } from './page.mjs'

const pause = 700 // milliseconds without a key
const form = document.getElementById('source')
const place = document.getElementById('consequences')
const fields = [...form.querySelectorAll('[data-field]')]
const names = new Intl.DisplayNames(language, { type: 'language' })
const keyOf = (field) => 'field:' + field.name

const changed = () => fields.filter((field) => field.value !== field.defaultValue)

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
    make('li', {}, make('span', { class: 'pill outdated' }, make('span', { 'aria-hidden': 'true' }, say('shape-outdated')), ' ', names.of(one.locale)), ' ', make('span', { class: 'small' }, say('consequences-outdated', { count: one.segments, words: one.words }))),
  )
  const count = (what) => segments.filter((one) => one.what === what).length
  for (const [what, key] of [['added', 'consequences-added'], ['removed', 'consequences-removed']])
    if (count(what)) lines.push(make('li', { class: 'small' }, say(key, { count: count(what) })))
  if (!lines.length) lines.push(make('li', {}, make('span', { class: 'pill current' }, make('span', { 'aria-hidden': 'true' }, say('shape-current')), ' ', say('consequences-nothing'))))
  place.replaceChildren(make('ul', { class: 'plainlist' }, ...lines), ...segments.map(difference))
  const keep = document.getElementById('keep-all')
  if (keep) keep.hidden = locales.length === 0
}

const none = place.textContent
let controller
async function look() {
  controller?.abort()
  const list = changed()
  document.getElementById('source-saving').textContent = list.length ? say('source-kept') : ''
  if (!list.length) return place.replaceChildren(none)
  controller = new AbortController()
  place.setAttribute('aria-busy', 'true')
  try {
    show((await ask('POST', config.api + '/consequences', { body: changesOf(list), signal: controller.signal })).body)
  } catch (fault) {
    if (fault.name === 'AbortError') return
    const errors = fault instanceof Problem ? (fault.body.errors ?? []).map((one) => one.detail) : []
    place.replaceChildren(make('p', { class: 'mistake' }, errors.join(' ') || fault.message))
  }
  place.removeAttribute('aria-busy')
}
const later = after(pause, look)

function offer(field, draft) {
  const close = () => box.remove()
  const box = make('div', { class: 'both', role: 'group' }, make('p', { class: 'small' }, make('strong', {}, say('draft-source', { time: ago(draft.at) }))), make('blockquote', { class: 'text', lang: field.lang, dir: field.dir }, draft.text))
  const use = () => {
    field.value = draft.text
    close()
    field.focus()
    look()
  }
  const drop = () => {
    drafts.drop(keyOf(field))
    close()
    field.focus()
  }
  box.append(make('div', { class: 'actions' }, button(say('draft-use'), use), button(say('draft-drop'), drop)))
  field.after(box)
}

function start() {
  document.documentElement.classList.add('with-script')
  form.addEventListener('input', ({ target }) => {
    if (!fields.includes(target)) return
    if (target.value === target.defaultValue) drafts.drop(keyOf(target))
    else drafts.put(keyOf(target), target.value, target.defaultValue, config.version)
    later()
  })
  const kept = drafts.all()
  for (const field of fields) {
    const draft = kept.get(keyOf(field))
    if (!draft) continue
    if (draft.text === field.value) drafts.drop(keyOf(field))
    else offer(field, draft)
  }
  addEventListener('keydown', (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.key !== 's') return
    event.preventDefault()
    form.requestSubmit(form.querySelector('button[value=save]'))
  })
  if (changed().length) look()
  form.dataset.ready = 'true'
}

start()
