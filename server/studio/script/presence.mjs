// Who else has this text open, and at which segment.
import { config, make, say } from './page.mjs'
import { current, onOpen, rows } from './rows.mjs'
import { asker, side } from './sides.mjs'

const beat = 15_000 // milliseconds; who has been silent for three of them is gone

export function startPresence() {
  const panel = side('here')
  const request = asker()
  const path = config.api + '/presence'

  function line({ name, segment }) {
    const row = rows.get(segment)
    if (row && row === current) return make('p', { class: 'same' }, say('same-segment', { name }))
    return make('p', {}, row ? say('on-segment', { name, number: row.number }) : say('is-here', { name }))
  }

  async function beatOnce() {
    if (document.hidden) return
    const found = await request('PUT', path, { body: { segment: current?.isSegment ? current.id : '' } })
    for (const old of document.querySelectorAll('.seg .other')) old.remove()
    if (!found?.others?.length) return panel.hide()
    for (const { name, segment } of found.others) rows.get(segment)?.element.querySelector('.no').append(make('span', { class: 'other', title: name }, '●'))
    panel.show(...found.others.map(line))
  }

  if (!config.account) return
  onOpen(() => beatOnce())
  setInterval(beatOnce, beat)
  addEventListener('pagehide', () => asker()('DELETE', path, { keepalive: true }))
  addEventListener('visibilitychange', beatOnce)
  beatOnce()
}
