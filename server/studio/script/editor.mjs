// The editor of a translation: puts the parts together. The form works without it.
import { $, config, make, say, speak } from './page.mjs'
import { startKeys } from './keys.mjs'
import { offerDrafts } from './offers.mjs'
import { close, current, findRows, next, onOpen, open, rows, showTools, unread } from './rows.mjs'
import { flush, keep, startSaving, typed, unsaved, version } from './saving.mjs'
import { startTimes } from './times.mjs'

async function done() {
  if (!current) return next(1)
  const row = current
  if (row.dirty || row.made || row.state !== 'outdated') {
    const state = row.state
    row.released = true
    row.confirmed = row.made && config.can_write
    await flush()
    if (row.unsaved) return row.field.focus()
    if (state === 'outdated' && row.state === 'outdated') return speak(say('still-outdated'))
    return next(1)
  }
  if (!config.can_keep) {
    row.remark('moved', say('still-outdated'))
    return speak(say('still-outdated'))
  }
  if (await keep(row)) next(1)
}

function copySource() {
  if (!current?.isSegment || !config.can_write) return
  current.replace(current.source)
  typed(current)
}

const actions = {
  done,
  copy: copySource,
  keep: () => current?.state === 'outdated' && !current.dirty && config.can_keep && keep(current),
  'undo-keep': () => current && keep(current, true),
  next: () => next(1),
  previous: () => next(-1),
  close,
}

// What is asked for, decided or published is what its maker has read.
const isDecision = (action) => action.startsWith('publish') || (action.startsWith('review-') && action !== 'review-back')

function askToRead() {
  const [first] = unread
  unread.clear()
  $('#offers').append(make('p', { class: 'alert ask read-first', role: 'alert' }, say('read-first')))
  if (first) open(first)
}

function listen(form) {
  form.addEventListener('input', (event) => {
    const row = rows.get(event.target.closest('.seg')?.dataset.id)
    if (!row || event.target !== row.field) return
    row.fit()
    typed(row)
    if (row === current) showTools(row)
  })
  form.addEventListener('click', (event) => {
    const action = event.target.closest('.tools [data-do]')?.dataset.do
    if (action) return actions[action]()
    const row = rows.get(event.target.closest('.seg')?.dataset.id)
    const selecting = String(getSelection()).length > 0
    if (row && !selecting && event.target.closest('.from, .no') && !event.target.closest('details')) open(row)
  })
  // Its buttons, and those of the head: what they do is done with what is saved.
  addEventListener('submit', async (event) => {
    if (event.target !== form) return
    event.preventDefault()
    const action = event.submitter?.value ?? 'save'
    if (current) current.released = true
    $('#offers .read-first')?.remove()
    await flush()
    if (unsaved().length) return open(unsaved()[0])
    if (action === 'save') return
    if (isDecision(action) && unread.size) return askToRead()
    form.elements.version.value = version()
    for (const row of rows.values()) row.field.disabled = true
    const field = document.createElement('input')
    Object.assign(field, { type: 'hidden', name: 'action', value: action })
    form.append(field)
    form.submit()
  })
}

function start() {
  const form = document.getElementById('editor')
  if (!form) return
  document.documentElement.classList.add('with-script')
  $('.help', form)?.remove() // what is there for browsers without script
  findRows()
  listen(form)
  startKeys(actions)
  startTimes(form)
  if (config.can_write) {
    startSaving()
    // Leaving a field saves it; an outdated one, leaving its row, or the page by a link.
    onOpen((row, before) => before?.mayBeSaved && flush())
    form.addEventListener('focusout', (event) => {
      const row = rows.get(event.target.closest('.seg')?.dataset.id)
      if (!row || row.element.contains(event.relatedTarget)) return
      if (event.relatedTarget?.closest('a[href]')) row.released = true
      if (row.mayBeSaved) flush()
    })
    offerDrafts()
  }
  const openPlace = () => {
    const place = rows.get(location.hash.replace(/^#[rs]-/, ''))
    if (place) open(place)
  }
  openPlace()
  addEventListener('hashchange', openPlace)
  if (/Mac|iPhone|iPad/.test(navigator.platform)) for (const key of document.querySelectorAll('kbd.mod')) key.textContent = '⌘'
  import('./sides.mjs').then((sides) => sides.start(actions))
  import('./marks.mjs').then(({ startMarks }) => startMarks())
  $('#editor').dataset.ready = 'true'
}

start()
