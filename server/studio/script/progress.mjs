// How much is done: from the counts that every answer about the text carries.
import { $, make, say } from './page.mjs'

function pill(id, key, count) {
  const place = document.getElementById(id)
  if (!place) return
  place.hidden = count === 0
  place.textContent = say(key, { count })
}

// `text` is a translation as the API has it.
export function showProgress(text) {
  const { segments, words } = text
  if (!segments || !document.getElementById('progress')) return
  const done = segments.total - segments.missing - segments.outdated
  const share = (n) => String(segments.total ? (100 * n) / segments.total : 0)
  pill('count-outdated', 'outdated', segments.outdated)
  if (segments.outdated === 0) document.getElementById('source-changed')?.remove()
  pill('count-missing', 'missing', segments.missing)
  $('#progress .p1').setAttribute('width', share(done + segments.outdated))
  $('#progress .p2').setAttribute('width', share(done))
  const left = words.missing + words.outdated
  const parts = [say('segments', { done, total: segments.total })]
  if (left) parts.push(say('words-left', { count: left }))
  $('#progress span').textContent = parts.join(' · ')
  if (text.pending) document.querySelector('button[data-later]')?.classList.add('primary')
  const state = document.getElementById('state')
  if (state && text.state) {
    state.className = 'pill ' + text.state
    const shape = make('span', { 'aria-hidden': 'true' }, say('shape-' + text.state))
    state.replaceChildren(shape, ' ' + say('state-' + text.state))
  }
}
