import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Gravy, openGravy } from '@gravy/messenger';
import type { Browser, Locator, Page } from 'playwright-core';
import { openPage, type WatchedPage } from './browser.ts';
import { GuiHere, type TunnelSettings } from './gui-here.ts';
import { GuiProcess } from './gui-process.ts';
import type { GuiProgram } from './gui-program.ts';
import { PASSWORD, writeAccount } from './quick-account.ts';

/** Somebody with a machine of their own: a folder of data, what serves it, and its page in a browser. */
export class Person {
  readonly name: string;
  readonly home: string;
  readonly watched: WatchedPage;
  gui: GuiProgram;

  private constructor(name: string, home: string, gui: GuiProgram, watched: WatchedPage) {
    this.name = name;
    this.home = home;
    this.gui = gui;
    this.watched = watched;
  }

  /** Starts the program in a process of its own, and opens its page by the link it prints. */
  static async start(browser: Browser, name: string): Promise<Person> {
    const home = await emptyHome();
    return Person.#open(browser, { name, home, gui: GuiProcess.start(home) });
  }

  /** The same within this process, which is sooner there. */
  static async newcomer(browser: Browser, name: string): Promise<Person> {
    const home = await emptyHome();
    return Person.#open(browser, { name, home, gui: await GuiHere.start(home) });
  }

  /** Somebody whose account is there already, and open; all of it in this process. */
  static async here(browser: Browser, name: string, tunnels: TunnelSettings = {}): Promise<Person> {
    const home = await emptyHome();
    await writeAccount(home, name);
    const person = await Person.#open(browser, {
      name,
      home,
      gui: await GuiHere.start(home, tunnels),
    });
    await person.logIn();
    return person;
  }

  static async #open(
    browser: Browser,
    { name, home, gui }: { name: string; home: string; gui: GuiProgram },
  ): Promise<Person> {
    const [watched, link] = await Promise.all([openPage(browser), gui.link()]);
    await watched.page.goto(link);
    return new Person(name, home, gui, watched);
  }

  /** The account that is open in the program, for what would take too long by hand. Close it after use. */
  async core(): Promise<Gravy> {
    const gravy = await openGravy({ home: this.home });
    if (!(await gravy.attach(this.name))) throw new Error(`${this.name} is not open.`);
    return gravy;
  }

  get page(): Page {
    return this.watched.page;
  }

  async createAccount(): Promise<void> {
    await this.page.getByLabel('Account name').fill(this.name);
    await this.page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await this.page.getByLabel('Repeat password').fill(PASSWORD);
    await this.press('Create account');
    await this.page.getByRole('heading', { name: 'Dashboard' }).waitFor();
  }

  async logIn(): Promise<void> {
    await this.page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await this.press('Log in');
    await this.page.getByRole('navigation').waitFor();
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  async press(name: string): Promise<void> {
    await this.button(name).click();
  }

  /** Opens a view by its entry at the side. */
  async visit(view: 'Dashboard' | 'Server' | 'Connect'): Promise<void> {
    await this.page.getByRole('navigation').getByRole('button', { name: view }).click();
  }

  async publicKey(): Promise<string> {
    await this.press('Copy public key');
    return this.copied();
  }

  /** What is in the clipboard of the person's browser. */
  async copied(): Promise<string> {
    await this.page.getByText('Copied', { exact: true }).waitFor();
    return this.page.evaluate<string>('navigator.clipboard.readText()');
  }

  async addContact(name: string, id: string): Promise<void> {
    await this.visit('Dashboard');
    await this.page.getByLabel('Name', { exact: true }).fill(name);
    await this.page.getByLabel('Public key', { exact: true }).fill(id);
    await this.press('Add contact');
    await this.page.getByRole('listitem', { name }).waitFor();
  }

  /** Hosts on a free port; answers with the URL. */
  async startServer(): Promise<string> {
    await this.visit('Server');
    await this.page.getByLabel('Port').fill('0');
    await this.press('Start server');
    await this.press('Copy URL');
    return this.copied();
  }

  async openConversation(name: string): Promise<void> {
    await this.page.getByRole('navigation').getByRole('button', { name }).click();
    await this.log.waitFor();
  }

  get log(): Locator {
    return this.page.getByRole('log');
  }

  async say(text: string): Promise<void> {
    await this.page.getByLabel('Message', { exact: true }).fill(text);
    await this.page.keyboard.press('Enter');
  }

  async sees(text: string): Promise<void> {
    await this.log.getByText(text, { exact: true }).first().waitFor();
  }

  /** The program's end, hard or not, and everything of it. */
  async leave(): Promise<void> {
    await this.page.context().close();
    await this.gui.kill('SIGTERM');
    await rm(this.home, { recursive: true, force: true });
  }
}

function emptyHome(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'gravy-trial-'));
}
