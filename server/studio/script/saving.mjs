// Saving: each changed row, with the version that was seen, one request at a time (law 5: no lost update).
//
// seen is the "T.S" of the working text that this page shows. After a save of ours alone T is one more. Whenever it is
// not, or S has moved, somebody else wrote too: the page looks at all segments before it saves again (sync), so that it
// never says that it has seen what it does not show.
import { ask, Problem, renew, Unreachable } from './api.mjs'
import { hideBoth, offerBack, showBoth } from './both.mjs'
import * as drafts from './drafts.mjs'
import { offerFormer } from './former.mjs'
import { bothAtOnce, lastWriter } from './latest.mjs'
import { $, after, ago, button, config, make, plain, say, speak } from './page.mjs'
import { showProgress } from './progress.mjs'
import { current, rows, showSource, showTools, unread } from './rows.mjs'

const pause = 1200 // milliseconds without a key before what was typed is saved
const longest = 30_000 // between two attempts

const seen = {}
const take = (etag) => {
  const [t, s] = etag.replaceAll('"', '').split('.').map(Number)
  return { t, s }
}
Object.assign(seen, take(config.version ?? '0.0'))
export const version = () => `${seen.t}.${seen.s}`
const match = () => `"${version()}"`

let stale = false // somebody else wrote, or it is not known what was saved
let saving = false
let failure = null // {text, signIn}
let attempts = 0
let retry
const listeners = []
export const onSaved = (listener) => listeners.push(listener)
const watchers = []
// Of whether anything is unsaved; called more often than that changes.
export const onState = (watcher) => watchers.push(watcher)

// What asks the server runs one after the other.
let tail = Promise.resolve()
const exclusively = (work) => (tail = tail.then(work, work))
// Resolves when nothing is on its way any more.
export const landed = () => tail

// ---- what is said about it ----

export const unsaved = () => [...rows.values()].filter((row) => row.unsaved)

function reason() {
  if (failure) return failure.text
  const list = [...rows.values()]
  if (list.some((row) => row.conflict)) return say('in-conflict')
  if (list.some((row) => row.mistake)) return say('has-mistakes')
}

export function show() {
  watchers.forEach((watcher) => watcher())
  const place = document.getElementById('saving')
  const why = reason()
  const dirty = unsaved().length > 0
  const text = why && dirty ? say('not-saved', { reason: why }) : saving ? say('saving') : dirty ? say('typing') : say('all-saved')
  if (place.textContent !== text) place.textContent = text
  place.classList.toggle('bad', Boolean(why && dirty))
  const actions = document.getElementById('again')
  const wanted = failure ? (failure.signIn ? 'sign-in' : 'again') : ''
  if (actions.dataset.shows !== wanted) {
    actions.dataset.shows = wanted
    actions.replaceChildren()
    if (failure?.signIn) actions.append(make('a', { href: '/studio/sign-in', target: '_blank', class: 'button' }, say('sign-in')), ' ')
    if (failure) actions.append(button(say('try-again'), again))
  }
  if (!current?.isSegment) return
  const saved = $('.saved', current.element)
  if (saved) saved.textContent = current.unsaved ? (why ? '' : say(current.held ? 'held' : saving ? 'saving' : 'typing')) : current.savedAt ? say('saved', { time: ago(current.savedAt) }) : ''
}

function fail(text, options = {}) {
  if (failure?.text !== text) speak(say('not-saved', { reason: text }))
  failure = { text, ...options }
  attempts++
  clearTimeout(retry)
  if (options.later) retry = setTimeout(flush, Math.min(longest, 1000 * 2 ** attempts))
}

function again() {
  attempts = 0
  return flush()
}

// ---- looking at what is there now ----

function showTheirs(row, theirs, found = {}) {
  row.conflict = { theirs, ...found }
  const mine = row.text
  const by = found.actor ? say('conflict-by', { name: found.actor, time: ago(Date.parse(found.at)) }) : ''
  const words = { lead: say('conflict'), by, hint: say('conflict-hint'), mine: say('keep-mine'), theirs: say('take-theirs') }
  showBoth(row, theirs || say('conflict-removed'), words, {
    mine() {
      row.released = true
      settled(row)
      flush()
    },
    theirs() {
      const given = row.text
      row.set(theirs)
      settled(row)
      drafts.drop(row.id)
      offerBack(row, say('back-to-mine'), () => {
        row.set(given)
        typed(row)
        row.field.focus()
      })
      show()
    },
  })
  if (mine !== theirs) drafts.put(row.id, mine, theirs, version())
  speak(say('conflict'))
}

function settled(row) {
  row.conflict = null
  hideBoth(row)
  row.field.focus()
}

let filling = false // what this page has had filled in is nobody else's, and says itself where it is from

// `theirs` is on the server now, and this page had row.base.
function takeTheirs(row, theirs, found, writer) {
  const ours = row.sent === theirs || row.text === theirs
  if (theirs === row.base && !found) return
  const clean = !row.dirty
  const wasEmpty = !row.base
  row.base = theirs
  if (ours) {
    if (!row.dirty) drafts.drop(row.id)
    return
  }
  if (filling && clean && wasEmpty) return row.set(theirs)
  unread.add(row)
  if (clean) {
    row.confirmed = false
    row.set(theirs)
    row.remark('moved', say('changed-here'))
  } else showTheirs(row, theirs, found ?? writer)
}

function takeSegment(row, segment, found, writer) {
  segment.source.text = plain(segment.source.text)
  const moved = segment.source.text !== row.source
  takeTheirs(row, plain(segment.target?.text ?? ''), found, writer)
  row.state = segment.state
  row.showOrigin(segment.target?.origin)
  row.sent = undefined
  if (moved) showSource(row, segment)
  if (moved) unread.add(row)
}

function partsMoved() {
  unread.add(null)
  const place = document.getElementById('offers')
  if ($('.parts', place)) return
  place.append(make('div', { class: 'alert ask parts', role: 'alert' }, make('p', {}, say('parts-moved')), button(say('reload'), () => location.reload())))
}

async function sync(conflicts = new Map()) {
  const { text, segments } = await bothAtOnce()
  const writer = await lastWriter()
  const there = new Set(['slug'])
  for (const segment of segments.body.items) {
    there.add(segment.id)
    const row = rows.get(segment.id)
    if (row) takeSegment(row, segment, conflicts.get(segment.id), writer)
    else partsMoved()
  }
  for (const row of rows.values()) {
    row.gone = !there.has(row.id)
    if (row.gone) row.remark('gone', say('gone'))
  }
  const slug = rows.get('slug')
  if (slug) takeTheirs(slug, text.body.slug, conflicts.get('slug'), writer)
  Object.assign(seen, take(text.etag))
  stale = false
  showProgress(text.body)
}

// ---- saving ----

function changesOf(batch) {
  const changes = {}
  const segments = batch.filter((row) => row.isSegment).map((row) => ({ id: row.id, text: row.sent }))
  if (segments.length) changes.segments = segments
  const slug = batch.find((row) => !row.isSegment)
  if (slug) changes.slug = slug.sent
  return changes
}

// `t`: the version that the page showed before.
function took(row, t) {
  if (row.state === 'outdated') row.former = { t, text: row.base }
  row.confirmed = row.released = false
  row.base = row.sent
  row.sent = undefined
  row.savedAt = Date.now()
  row.showMistake(null)
  for (const kind of ['moved', 'kept']) row.remark(kind, null)
  for (const old of row.element.querySelectorAll('.origin, .kept, .undo')) old.remove()
  row.state = row.base.trim() ? 'current' : 'missing'
  if (row.former) offerFormer(row)
  if (row.dirty) drafts.put(row.id, row.text, row.base, version())
  else drafts.drop(row.id)
}

// After a write of ours: what came with it is not known to this page.
function moveOn(answer) {
  const now = take(answer.etag)
  if (now.s !== seen.s || now.t > seen.t + 1) stale = true
  else Object.assign(seen, now)
  showProgress(answer.body)
}

async function save(batch, keepalive) {
  for (const row of batch) row.sent = row.text
  const { t } = seen
  const answer = await ask('PATCH', config.api, { body: changesOf(batch), match: match(), keepalive })
  for (const row of batch) took(row, t)
  moveOn(answer)
  const slug = rows.get('slug')
  if (slug && !slug.dirty && slug.base !== answer.body.slug) {
    slug.base = answer.body.slug // made from the title
    slug.set(answer.body.slug)
  }
  if (current) showTools(current)
  for (const listener of listeners) listener(batch)
  if (unsaved().length === 0) speak(say('all-saved'))
}

// Places in the changes that were sent: "/segments/2/text", "/slug".
function showMistakes(problem, batch) {
  const segments = batch.filter((row) => row.isSegment)
  let any = false
  for (const { pointer, detail } of problem.body.errors ?? []) {
    const [, kind, index] = (pointer ?? '').split('/')
    const row = kind === 'segments' ? segments[Number(index)] : kind === 'slug' ? rows.get('slug') : rows.get(kind)
    if (!row) continue
    row.showMistake(detail)
    speak(detail)
    any = true
  }
  return any
}

// True: it is worth while to go on at once.
async function mend(fault, batch) {
  if (fault instanceof Unreachable) {
    stale = true
    fail(say('offline'), { later: true })
    return false
  }
  if (!(fault instanceof Problem)) throw fault
  const { status, body } = fault
  const csrf = status === 403 && !config.renewed
  if (status === 401 || csrf) {
    const outcome = await renew().catch(() => 'signed-out')
    config.renewed = csrf
    if (outcome === 'renewed') return true
    fail(outcome === 'other-account' ? say('other-account', { name: config.account }) : say('signed-out'), { signIn: true })
    return false
  }
  if (status === 412) {
    const found = (body.conflicts ?? []).map((one) => [one.segment ?? one.field, one])
    await sync(new Map(found))
    return true
  }
  if (status < 500 && showMistakes(fault, batch)) return true
  if (status >= 500) stale = true
  fail(fault.message, { later: status === 429 || status >= 500 })
  return false
}

async function work(keepalive) {
  for (let turn = 0; turn < 20; ++turn) {
    let batch = []
    try {
      if (stale) await sync()
      batch = [...rows.values()].filter((row) => row.mayBeSaved)
      if (batch.length) await save(batch, keepalive)
      failure = null
      attempts = 0
      config.renewed = false
      if (!stale) return
    } catch (fault) {
      if (!(await mend(fault, batch).catch((second) => mend(second, [])))) return
    }
  }
}

let waiting = null
// Resolves when everything that can be saved is.
export function flush(keepalive = false) {
  later.stop()
  clearTimeout(retry)
  waiting ??= exclusively(async () => {
    waiting = null
    saving = true
    show()
    await work(keepalive)
    saving = false
    show()
  })
  return waiting
}
const later = after(pause, () => flush())

export function typed(row) {
  if (row.refused !== row.text) row.showMistake(null)
  row.confirmed = row.released = false
  if (row.dirty) drafts.put(row.id, row.text, row.base, version())
  else if (!row.conflict) drafts.drop(row.id)
  if (row.conflict) drafts.put(row.id, row.text, row.base, version())
  show()
  if (row.mayBeSaved && !failure) later()
}

// "The meaning did not change", or that it did after all.
export async function keep(row, undo = false) {
  await flush()
  return exclusively(async () => {
    try {
      if (stale) await sync()
      moveOn(await ask(undo ? 'DELETE' : 'POST', config.api + '/keep', { body: { segments: [row.id] }, match: match() }))
      if (undo) stale = true
      row.state = undo ? 'outdated' : 'current'
      for (const old of row.element.querySelectorAll('.kept')) old.remove()
      if (!undo) row.to.append(make('p', { class: 'kept soft small' }, say('kept')))
      if (undo) await sync()
      speak(undo ? say('outdated', { count: 1 }) : say('kept'))
      showTools(row)
      return true
    } catch (fault) {
      await mend(fault, [])
      return false
    } finally {
      show()
    }
  })
}

// Another write of this text (filling it from memory, or by machine): `request(ifMatch)` asks for it.
export async function write(request) {
  await flush()
  return exclusively(async () => {
    try {
      if (stale) await sync()
      const answer = await request(match())
      filling = true
      await sync()
      return answer
    } catch (fault) {
      await mend(fault, [])
    } finally {
      filling = false
      show()
    }
  })
}

// Has somebody else written meanwhile?
export function freshen() {
  if (document.hidden || failure?.signIn) return
  exclusively(async () => {
    try {
      if ((await ask('GET', config.api, { unless: match() })).status !== 304) await sync()
      if (failure && !failure.signIn) flush()
    } catch {
      // the next save says so
    }
    show()
  })
}

export function startSaving() {
  addEventListener('online', again)
  addEventListener('focus', () => failure && again())
  addEventListener('pagehide', () => unsaved().some((row) => row.mayBeSaved) && flush(true))
  addEventListener('visibilitychange', () => document.hidden && unsaved().some((row) => row.mayBeSaved) && flush(true))
  addEventListener('beforeunload', (event) => {
    if (!drafts.kept && unsaved().length) event.preventDefault()
  })
  setInterval(show, 5000)
  setInterval(freshen, 20_000)
  show()
}
