// What a machine wrote is a draft until somebody has read it: the editor says so, and publishing asks.
import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { ask } from './editing.mjs'
import { follow } from './follow.mjs'
import { openEditor, saved } from './people.mjs'
import { signIn } from './studio.mjs'

// Speaks LibreTranslate's protocol.
const service = createServer((request, response) => {
  let body = ''
  request.on('data', (bytes) => (body += bytes))
  request.on('end', () => response.end(JSON.stringify({ translatedText: JSON.parse(body).q.map((text) => text.replace('by', 'town')) })))
})
await new Promise((resolve) => service.listen(0, '127.0.0.1', resolve))
service.unref()

export const environment = {
  STELE_MACHINE_PROVIDER: 'libretranslate',
  STELE_MACHINE_URL: `http://127.0.0.1:${service.address().port}`,
}

export const tests = {
  'nobody publishes what a machine wrote and nobody has read by one click': async (t) => {
    const page = await signIn(t)
    await openEditor(t, page, 'en')
    const translation = { title: 'Om en by', body: 'En by tar imot.\n\nEn annen by gjør det samme.\n' }
    const made = await ask(page, 'POST', '/api/v1/articles', { key: 'maskin', source_locale: 'nb', translation })
    assert.equal(made.status, 201)
    await openEditor(t, page, 'en', '/studio/articles/maskin')
    await page.locator('#fill summary').click()
    await page.locator('[data-fill=machine]').click()
    await page.locator('#fill .said').getByRole('button', { name: 'Translate by machine' }).click()
    await page.locator('#fill .said', { hasText: '3 segments were filled in.' }).waitFor()
    const count = page.locator('#count-unread')
    assert.equal(await count.innerText(), '3 texts by machine, unread')
    assert.equal(await page.locator('#editor .origin.machine:visible').count(), 3)
    assert.equal(await page.locator('#editor .remark').count(), 0) // nobody else wrote
    const publish = page.getByRole('button', { name: 'Publish', exact: true })
    await follow(page, publish)
    await page.waitForSelector('form[data-ready]')
    const asked = page.locator('.alert', { hasText: 'A machine made parts of this translation' })
    assert.equal(await asked.getByRole('link').count(), 3)
    assert.equal(await asked.getByRole('button', { name: 'Publish texts that nobody has read' }).count(), 1)
    await t.audit(page)

    // One leads to the next.
    await asked.getByRole('link').first().click()
    for (const left of ['2 texts by machine, unread', '1 text by machine, unread']) {
      await page.waitForSelector('.seg.open:has(.origin)')
      await page.keyboard.press('Control+Enter')
      await page.locator('#count-unread', { hasText: left }).waitFor()
    }
    await page.waitForSelector('.seg.open:has(.origin)')
    await page.keyboard.press('Control+Enter')
    await count.waitFor({ state: 'hidden' })
    await saved(page)
    await follow(page, publish)
    assert.match(page.url(), /done=published/)
  },
}
