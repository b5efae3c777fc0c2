// The rows of the editor: one for each segment, of which one is open.
import { $, config, copyOf, make, say, speak } from './page.mjs'

export class Row {
  constructor(element) {
    this.element = element
    this.id = element.dataset.id
    this.field = $('textarea, input:not([type=hidden])', element)
    this.base = this.field.defaultValue // what the server has, as far as is known here
    this.conflict = null // {theirs, actor, at} until somebody has chosen
    this.mistake = null // why the text that is here was refused, until it is changed
    this.refused = null // that text
    this.gone = false // the source has it no more
    this.confirmed = false // its text is right as it is, somebody has said here, and the server does not know yet
    this.released = false // it may be saved although it is open
    this.savedAt = 0
  }
  get text() {
    return this.field.value
  }
  get dirty() {
    return this.field.value !== this.base
  }
  // A saved text is made from the source as it is now. So an outdated one is half-mended until somebody is done with it.
  get held() {
    return this.state === 'outdated' && current === this && !this.released
  }
  get unsaved() {
    return (this.dirty || this.confirmed) && !this.gone
  }
  get mayBeSaved() {
    return this.unsaved && !this.held && !this.conflict && this.refused !== this.text
  }
  // From memory or a machine, and nobody has stood behind it yet.
  get made() {
    return Boolean($('.origin', this.element))
  }
  showOrigin(origin) {
    $('.origin', this.element)?.remove()
    if (origin === 'memory' || origin === 'machine') this.to.append(make('p', { class: `origin ${origin} soft small` }, say('origin-' + origin)))
    this.describe()
  }
  // What is said of the field besides its name: the source, what became of it, and what is wrong with the text.
  describe() {
    if (!this.isSegment) return
    const ids = ['t-', this.state === 'outdated' && 'o-', 'm-', 'e-'].map((kind) => kind && kind + this.id)
    this.field.setAttribute('aria-describedby', ids.filter((id) => document.getElementById(id)).join(' '))
  }
  get isSegment() {
    return this.id !== 'slug'
  }
  get state() {
    const classes = this.element.classList
    return classes.contains('missing') ? 'missing' : classes.contains('outdated') ? 'outdated' : 'current'
  }
  set state(state) {
    if (!this.isSegment) return
    this.element.classList.toggle('missing', state === 'missing')
    this.element.classList.toggle('outdated', state === 'outdated')
    this.describe()
  }
  get toDo() {
    return this.isSegment && (this.state !== 'current' || this.made || Boolean(this.conflict) || Boolean(this.mistake))
  }
  // Where the page shows a difference the source stands beside it, whole.
  get source() {
    const place = $('.source', this.element)
    return place.dataset.source ?? place.textContent
  }
  get name() {
    return $('.kind', this.element).textContent.trim()
  }
  get number() {
    return $('.no bdi', this.element)?.textContent ?? ''
  }
  get to() {
    return $('.to', this.element)
  }
  fit() {
    if (CSS.supports('field-sizing', 'content') || this.field.tagName !== 'TEXTAREA') return
    this.field.style.blockSize = 'auto'
    this.field.style.blockSize = this.field.scrollHeight + 2 + 'px'
  }
  set(text) {
    this.field.value = text
    this.fit()
  }
  // As typing would, so that the browser's own undo takes it back.
  replace(text) {
    this.field.focus()
    this.field.select()
    if (!document.execCommand(text ? 'insertText' : 'delete', false, text)) this.set(text)
  }
  // A remark below the field; one of each kind.
  remark(kind, text) {
    $(`.remark.${kind}`, this.to)?.remove()
    if (text) this.to.append(make('p', { class: `remark ${kind} small` }, text))
  }
  showMistake(text) {
    this.mistake = text
    if (text) this.confirmed = false
    this.refused = text ? this.text : null
    this.element.classList.toggle('wrong', Boolean(text || this.conflict))
    this.remark('mistake', text)
    if (text) this.field.setAttribute('aria-invalid', 'true')
    else this.field.removeAttribute('aria-invalid')
    const described = $('.remark.mistake', this.to)
    if (described) described.id = 'e-' + this.id
    this.describe()
  }
}

export const rows = new Map()
export let current = null
// Those that took on what somebody else wrote, until they are looked at here; null: it is in no row of this page.
export const unread = new Set()
const listeners = []
export const onOpen = (listener) => listeners.push(listener)

const tools = document.getElementById('tools') && copyOf('tools')

export function showTools(row) {
  const keep = $('[data-do=keep]', tools)
  if (!keep) return
  keep.hidden = !(config.can_keep && row.state === 'outdated' && !row.dirty)
  $('[data-do=undo-keep]', tools).hidden = !(config.can_keep && $('.kept', row.element))
}

export function open(row, { focus = true } = {}) {
  if (current === row) {
    if (focus) row.field.focus()
    return
  }
  const before = current
  current?.element.classList.remove('open')
  current = row
  unread.delete(row)
  row.element.classList.add('open')
  if (row.isSegment) {
    row.field.after(tools)
    showTools(row)
    $('.saved', tools).textContent = ''
  } else tools.remove()
  row.fit()
  if (focus) row.field.focus({ preventScroll: true })
  row.element.scrollIntoView({ block: 'nearest' })
  for (const listener of listeners) listener(row, before)
}

export function close() {
  if (!current) return
  const before = current
  current.element.classList.remove('open')
  tools.remove()
  current = null
  if (before.element.contains(document.activeElement)) document.activeElement.blur()
  for (const listener of listeners) listener(null, before)
}

// The next row where something is to do, from the open one on and round; `step` is 1 or -1. Where nothing is left, the
// next one that people still talk about.
export function next(step) {
  const list = [...rows.values()]
  const wanted = list.some((row) => row.toDo) ? 'toDo' : 'talks'
  const from = current ? list.indexOf(current) : step > 0 ? -1 : list.length
  for (let i = 1; i <= list.length; ++i) {
    const row = list[(from + step * i + list.length * 2) % list.length]
    if (row[wanted] && row !== current) return open(row)
  }
  if (!current?.toDo) speak(say('all-done'))
}

// The difference as the API has it: [{op, text}]
export function showSource(row, segment) {
  const place = $('.source', row.element)
  const names = { added: 'ins', removed: 'del' }
  const runs = segment.state === 'outdated' ? segment.diff : []
  place.replaceChildren(
    ...(runs.length ? runs.map((run) => (names[run.op] ? make(names[run.op], {}, run.text) : run.text)) : [segment.source.text]),
  )
  if (runs.length) place.dataset.source = segment.source.text
  else delete place.dataset.source
  row.remark('moved', say('source-moved'))
}

export function findRows() {
  for (const element of document.querySelectorAll('#editor .seg[data-id]')) {
    const row = new Row(element)
    rows.set(row.id, row)
  }
  // While a pointer is down nothing moves: what was pressed has to be there when it is released.
  let pressed = false
  let waits
  const openNow = (row) => row && row !== current && open(row, { focus: false })
  addEventListener('pointerdown', () => (pressed = true), true)
  for (const end of ['pointerup', 'pointercancel'])
    addEventListener(end, () => {
      pressed = false
      setTimeout(() => (openNow(waits), (waits = undefined)))
    })
  document.getElementById('editor').addEventListener('focusin', (event) => {
    const row = rows.get(event.target.closest('.seg')?.dataset.id)
    if (pressed) waits = row
    else openNow(row)
  })
}
