// Fills what is missing from memory or by machine, and says what came of it.
import { ask, Problem } from './api.mjs'
import { $, button, config, say } from './page.mjs'
import { write } from './saving.mjs'

export function startFill() {
  const box = document.getElementById('fill')
  if (!box) return
  const said = $('.said', box)
  const tell = (text) => (said.textContent = text)
  const post = (what, body) => async (match) => ask('POST', `${config.api}/${what}`, { body, match })

  async function fill(what, body) {
    tell(say('loading'))
    let refused
    const request = post(what, body)
    const answer = await write((match) =>
      request(match).catch((fault) => {
        if (!(fault instanceof Problem)) throw fault
        refused = fault
        return undefined
      }),
    )
    if (!answer) return tell(refused ? refused.message : '')
    const { filled, left_out: leftOut, next } = answer.body
    tell(say('filled', { count: filled }))
    if (leftOut?.length) said.append(' ', say('machine-left-out', { count: leftOut.length }))
    // A run ends after some seconds, so that nobody waits for long.
    if (next) said.append(' ', button(say('fill-go-on'), () => fill(what, { after: next })))
  }

  async function estimate() {
    tell(say('loading'))
    try {
      const { body } = await post('machine', { estimate: true })()
      tell(say('machine-estimate', { words: body.words }))
      if (typeof body.left === 'number') said.append(' ', say('machine-left', { words: body.left }))
      if (body.words > 0) said.append(' ', button(say('machine-run'), () => fill('machine', {})))
    } catch (fault) {
      tell(fault.message)
    }
  }

  $('[data-fill=memory]', box).addEventListener('click', () => fill('pretranslate', {}))
  $('[data-fill=machine]', box)?.addEventListener('click', estimate)
}
