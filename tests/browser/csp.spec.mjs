// The pages’ own policy (Content-Security-Policy) refuses nothing that they need: other specs run without it, so that
// axe can be put into the page. And no page says anything to the console.
import assert from 'node:assert/strict'
import { openEditor } from './people.mjs'
import { article, prepare, sitePages, studioPages, waysIn } from './pages.mjs'
import { signIn } from './studio.mjs'

export const testTime = 90_000

// (waitForFunction() would need 'unsafe-eval' of the page.)

// Collects what a browser complains of, in frames as well.
async function watch(page) {
  const faults = []
  page.on('pageerror', (error) => faults.push(`${page.url()}: ${error.stack}`))
  page.on('console', (message) => {
    // That a page itself is a 404 is said there, too.
    const isThePage = message.text().startsWith('Failed to load resource') && message.location().url === page.url()
    if (message.type() === 'error' && !isThePage) faults.push(`${page.url()}: ${message.text()}`)
  })
  await page.addInitScript(() =>
    addEventListener('securitypolicyviolation', (event) => console.error(`refused by ${event.violatedDirective}: ${event.blockedURI}`)),
  )
  return faults
}

export const tests = {
  'the policy is there, and refuses what a page does not bring itself': async (t) => {
    const page = await signIn(t, { bypassCSP: false })
    const faults = await watch(page)
    for (const path of ['/studio/board', '/en/']) {
      faults.length = 0
      await page.goto(t.url + path)
      const told = page.waitForEvent('console')
      await page.evaluate(() => document.head.append(Object.assign(document.createElement('script'), { textContent: 'globalThis.ran = 1' })))
      await told
      assert.equal(await page.evaluate(() => globalThis.ran), undefined, path)
      assert.match(faults.join('\n'), /script-src/, path)
    }
  },

  'no page of the studio or of the site breaks its policy or has an error': async (t) => {
    const page = await signIn(t, { bypassCSP: false })
    await prepare(t, page)
    const faults = await watch(page)
    for (const path of [...studioPages, ...sitePages]) await page.goto(t.url + path)
    assert.deepEqual(faults, [])
    const guest = await t.page({ bypassCSP: false, locale: 'en' })
    const said = await watch(guest)
    for (const path of waysIn) await guest.goto(t.url + path)
    assert.deepEqual(said, [])
  },

  'nor does an editor at work, with a row open, its help and the preview': async (t) => {
    const page = await signIn(t, { bypassCSP: false })
    const faults = await watch(page)
    for (const locale of ['ar', 'en']) {
      await openEditor(t, page, locale)
      await page.getByRole('button', { name: 'Preview' }).click()
      await page.frameLocator('.frames iframe:not(.coming)').locator('article').waitFor()
      await page.locator('.seg[data-id] textarea').nth(3).click()
      await page.waitForSelector('.seg.open .tools')
      await page.locator('.seg.open textarea').fill('Two  spaces 4711')
      await page.waitForSelector('.checks li')
      await page.locator('#saving', { hasText: 'All changes saved' }).waitFor()
      await page.waitForLoadState('networkidle')
    }
    await openEditor(t, page, 'nb')
    await page.locator('[name=body]').pressSequentially('x')
    await page.locator('#consequences', { hasText: 'outdated' }).waitFor()
    await page.goto(`${t.url}${article}/en/preview`, { waitUntil: 'networkidle' })
    assert.deepEqual(faults, [])
  },
}
