// What people say about the open row, or, when none is open, about the whole text.
import { ask } from './api.mjs'
import { ago, button, config, make, say } from './page.mjs'
import { current, onOpen, rows } from './rows.mjs'
import { asker, forOpenRow, side } from './sides.mjs'

const path = config.api + '/comments'

export function startComments() {
  const panel = side('comments')
  const request = asker()
  let segment = ''

  async function send(method, where, body) {
    try {
      await ask(method, where, { body })
      return true
    } catch (fault) {
      panel.place.append(make('p', { class: 'mistake', role: 'alert' }, fault.message))
      return false
    }
  }

  function writer(label, thread) {
    const field = make('textarea', { rows: 2, 'aria-label': label, placeholder: label, dir: 'auto' })
    const post = async () => {
      if (!field.value.trim()) return field.focus()
      const body = thread ? { text: field.value, thread } : { text: field.value, ...(segment && { segment }) }
      if (await send('POST', path, body)) load()
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
    const reply = button(say('comment-reply'), () => (reply.replaceWith(writer(say('comment-reply'), first.id)), box.querySelector('textarea').focus()), 'plain')
    const settle = first.resolved_at ? button(say('comment-reopen'), change({ resolved: false }), 'plain') : button(say('comment-resolve'), change({ resolved: true }), 'plain')
    box.append(make('div', { class: 'actions' }, reply, settle))
    return box
  }

  async function load() {
    const asked = segment
    const found = await request('GET', path + '?limit=200' + (segment ? '&segment=' + encodeURIComponent(segment) : ''))
    if (!found || asked !== segment) return found ?? panel.hide()
    const list = found.items.filter((one) => segment || !one.segment)
    const firsts = list.filter((one) => one.thread === one.id)
    const threads = firsts.map((first) => thread(first, list.filter((one) => one.thread === first.id && one !== first)))
    panel.show(...threads, writer(say(segment ? 'comment-segment' : 'comment-text')))
  }

  // A number at each row that people talk about.
  async function count() {
    const found = await asker()('GET', path + '?limit=200')
    for (const one of found?.items ?? []) {
      const row = rows.get(one.segment)
      if (!row || one.thread !== one.id || one.resolved_at) continue
      const mark = row.element.querySelector('.talk') ?? make('span', { class: 'talk', title: say('has-comments') }, '💬')
      row.element.querySelector('.no').append(mark)
    }
  }

  forOpenRow((row) => ((segment = row.id), load()))
  onOpen((row) => row ?? ((segment = ''), load()))
  load()
  count()
}
