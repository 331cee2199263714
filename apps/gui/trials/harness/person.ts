import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { openPage, type WatchedPage } from './browser.ts';
import { GuiProcess } from './gui-process.ts';

const PASSWORD = 'correct horse battery staple';

/** Somebody with a machine of their own: a folder of data, the program, and its page in a browser. */
export class Person {
  readonly name: string;
  readonly home: string;
  readonly watched: WatchedPage;
  gui: GuiProcess;

  private constructor(name: string, home: string, gui: GuiProcess, watched: WatchedPage) {
    this.name = name;
    this.home = home;
    this.gui = gui;
    this.watched = watched;
  }

  /** Starts the program, and opens its page by the link it prints. */
  static async start(browser: Browser, name: string): Promise<Person> {
    const home = await mkdtemp(join(tmpdir(), 'gravy-trial-'));
    const gui = GuiProcess.start(home);
    const watched = await openPage(browser);
    await watched.page.goto(await gui.link());
    return new Person(name, home, gui, watched);
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
