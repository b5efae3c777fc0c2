// The way back from what made an outdated text current: {t, text}, the version that had it and the text.
import { ask } from './api.mjs'
import { offerBack } from './both.mjs'
import { button, config, say } from './page.mjs'
import { showTools } from './rows.mjs'
import { typed, write } from './saving.mjs'

// The old translation again, outdated as it was. What it was mended to stays within reach.
async function bringBack(row) {
  const { t, text } = row.former
  const mended = row.text
  const done = await write(async (ifMatch) => {
    const answer = await ask('POST', `${config.api}/revisions/${t}/restore`, { body: { segments: [row.id] }, match: ifMatch })
    row.former = null
    row.base = text
    row.set(text)
    return answer
  })
  if (!done) return
  showTools(row)
  offerBack(row, say('back-to-mine'), () => {
    row.replace(mended)
    typed(row)
  })
}

export const offerFormer = (row) => row.to.append(button(say('undo-mended'), () => bringBack(row), 'plain undo'))
