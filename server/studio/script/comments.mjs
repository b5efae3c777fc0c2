// What people say about the open row, or, when none is open, about the whole text.
import { askAgain } from './api.mjs'
import * as drafts from './drafts.mjs'
import { ago, button, config, make, say } from './page.mjs'
import { current, onOpen, rows } from './rows.mjs'
import { asker, forOpenRow, side, told } from './sides.mjs'

const path = config.api + '/comments'

export function startComments() {
  const panel = side('comments')
  const request = asker()
  let segment = ''

  let sending = false
  async function send(method, where, body) {
    if (sending) return false
    sending = true
    try {
      await askAgain(method, where, { body })
      return true
    } catch (fault) {
      panel.place.querySelector('.mistake')?.remove()
      panel.place.append(told(fault))
      return false
    } finally {
      sending = false
    }
  }

  // What is being written stays, whatever else is opened, posted or resolved meanwhile.
  const placeOf = (thread) => (thread ? `say:in:${thread}` : `say:of:${segment}`)
  function writer(label, thread) {
    const field = make('textarea', { rows: 2, 'aria-label': label, placeholder: label, dir: 'auto' })
    const place = placeOf(thread)
    const about = segment
    field.value = drafts.get(place)?.text ?? ''
    field.addEventListener('input', () => (field.value ? drafts.put(place, field.value) : drafts.drop(place)))
    const post = async () => {
      if (!field.value.trim()) return field.focus()
      const body = thread ? { text: field.value, thread } : { text: field.value, ...(about && { segment: about }) }
      if (!(await send('POST', path, body))) return
      drafts.drop(place)
      load()
    }
    field.addEventListener('keydown', (event) => {
      if ((event.ctrlKey || event.metaKey) && event.key === 'Enter') event.preventDefault(), event.stopPropagation(), post()
    })
    return make('div', {}, field, make('div', { class: 'actions' }, button(say('comment-send'), post)))
  }

  function line(comment) {
    const text = comment.deleted ? say('comment-deleted') : comment.text
    const head = make('p', { class: 'small' }, make('strong', {}, make('bdi', {}, comment.actor)), ' ', make('span', { class: 'soft' }, ago(Date.parse(comment.created_at))))
    return make('div', {}, head, make('p', { class: 'words text', dir: 'auto' }, text))
  }

  function thread(first, answers) {
    const box = make('div', { class: first.resolved_at ? 'comment resolved' : 'comment' }, line(first), ...answers.map(line))
    const change = (body) => async () => (await send('PATCH', `/api/v1/comments/${first.id}`, body)) && load()
    const answer = () => writer(say('comment-reply'), first.id)
    const reply = drafts.get(placeOf(first.id)) ? answer() : button(say('comment-reply'), () => (reply.replaceWith(answer()), box.querySelector('textarea').focus()), 'plain')
    const settle = first.resolved_at ? button(say('comment-reopen'), change({ resolved: false }), 'plain') : button(say('comment-resolve'), change({ resolved: true }), 'plain')
    box.append(make('div', { class: 'actions' }, reply, settle))
    return box
  }

  // The API has the oldest first, a page at a time.
  async function all(query) {
    const items = []
    for (let after = ''; after !== null; ) {
      const found = await request('GET', `${path}?limit=200${query}${after && '&after=' + after}`)
      if (!found) return undefined
      items.push(...found.items)
      after = found.next
    }
    return items
  }

  async function load() {
    const asked = segment
    const list = await all('&segment=' + encodeURIComponent(segment))
    if (asked !== segment) return
    if (!list) return panel.hide()
    const firsts = list.filter((one) => one.thread === one.id)
    mark(asked, firsts.filter((one) => !one.resolved_at).length)
    const threads = firsts.map((first) => thread(first, list.filter((one) => one.thread === first.id && one !== first)))
    panel.show(...threads, writer(say(segment ? 'comment-segment' : 'comment-text')))
  }

  // At each row how much is said about it and not settled.
  function mark(id, count) {
    const row = rows.get(id)
    const place = row?.element.querySelector('.from')
    if (!place) return
    place.querySelector('.talk')?.remove()
    row.talks = count
    if (count) place.append(make('p', { class: 'talk small' }, say('talks', { count })))
  }
  for (const [id, count] of Object.entries(config.talks ?? {})) mark(id, count)

  forOpenRow((row) => ((segment = row.id), load()))
  onOpen((row) => row ?? ((segment = ''), load()))
  load()
}
