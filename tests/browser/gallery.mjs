// Pictures of every page, to be looked at: node tests/browser/gallery.mjs FOLDER [PART of a name]
// Each page at 360, 768 and 1440 pixels, light and dark, in English and Arabic, with some work in it: comments, an
// assignment, terms, an open segment. STELE_BINARY and CHROMIUM as for run.mjs.
import { mkdir } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { article, prepare, sitePages, studioPages } from './pages.mjs'
import { startServer } from './server.mjs'

const [folder, part = ''] = process.argv.slice(2)
if (!folder) throw new Error('gallery.mjs FOLDER [PART]')
const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')
const { chromium } = createRequire(import.meta.url)('playwright-core')
const widths = [360, 768, 1440]
const languages = { en: 'English', ar: 'العربية' }

const nameOf = (path) => path.replace(/^\/(studio\/?)?/, '').replace(/[^a-z0-9-]+/gi, '_') || (path === '/studio' ? 'home' : 'site')

async function signIn(browser, server) {
  const page = await browser.newPage({ locale: 'en' })
  await page.goto(server.signIn)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL(/\/studio$/)
  return page
}

// What a studio in use has and the demo has not, by the API that the studio's scripts use.
async function work(page, url) {
  const csrf = await page.locator('input[name=csrf]').first().inputValue()
  const name = (await page.locator('.menu summary bdi').innerText()).trim()
  const id = /articles\/(\d+)/.exec(await (await page.request.get(`${url}${article}/en`)).text())[1]
  const ask = (method, path, data) =>
    page.request.fetch(`${url}/api/v1/${path}`, { method, data, headers: { 'X-CSRF-Token': csrf } })
  const text = `articles/${id}/translations/en`
  const segments = (await (await ask('GET', `${text}/segments`)).json()).items
  await ask('PUT', `${text}/assignment`, { account: name, due: '2026-12-01' })
  await ask('POST', `${text}/comments`, { segment: segments[2].id, text: `Is the number from this year? @${name}` })
  await ask('POST', `${text}/comments`, { text: 'The mayor’s office has read this.' })
  await ask('POST', 'terms', { source_locale: 'nb', term: 'hjerte', translations: { en: { texts: ['heart'] } } })
  await ask('POST', 'terms', { source_locale: 'nb', term: 'solidaritetsby', translations: { en: { texts: ['solidarity city'] } } })
}

async function look(page, url, path, language, theme) {
  const answer = await page.goto(url + path)
  if (!answer) return
  const editor = await page.locator('form[data-ready], #editor').count()
  if (editor) {
    await page.waitForSelector('form[data-ready]', { timeout: 5000 }).catch(() => {})
    await page.locator('.seg:is(.outdated, .missing) .to textarea').first().focus({ timeout: 2000 }).catch(() => {})
    await page.waitForLoadState('networkidle')
  }
  for (const width of widths) {
    await page.setViewportSize({ width, height: 900 })
    if (editor) await page.evaluate(() => document.querySelector('.seg.open')?.scrollIntoView({ block: 'center', behavior: 'instant' }))
    await page.screenshot({ path: join(folder, `${nameOf(path)}.${width}.${theme}.${language}.png`), fullPage: !editor })
  }
}

const server = await startServer(process.env.STELE_BINARY ?? join(root, 'build/dev/stele'))
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-dev-shm-usage'],
})
try {
  await mkdir(folder, { recursive: true })
  const first = await signIn(browser, server)
  await work(first, server.url)
  await prepare(server, first)
  for (const [language, native] of Object.entries(languages)) {
    await first.goto(server.url + '/studio')
    await Promise.all([first.waitForEvent('load'), first.getByRole('button', { name: native, exact: true }).click()])
    const storageState = await first.context().storageState()
    for (const colorScheme of ['light', 'dark']) {
      const page = await browser.newPage({ locale: language, colorScheme, storageState })
      for (const path of [...studioPages, ...sitePages])
        if (nameOf(path).includes(part)) await look(page, server.url, path, language, colorScheme)
      await page.close()
    }
  }
} finally {
  await browser.close()
  await server.stop()
}
