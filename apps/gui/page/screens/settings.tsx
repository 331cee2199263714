import type { AccountInfo } from '@gravy/messenger';
import type { ReactElement } from 'react';
import type { View } from '../browser/view.js';
import { WORDS } from '../words.js';
import { PageHead } from './page-head.js';
import { Backup } from './settings/backup.js';
import { DeleteAccount } from './settings/delete-account.js';
import { Doctor } from './settings/doctor.js';
import { PageSettings } from './settings/page-settings.js';
import { PasswordSettings } from './settings/password-settings.js';
import { PrivacySettings } from './settings/privacy-settings.js';

export function SettingsScreen({
  account,
  open,
}: {
  account: AccountInfo;
  open: (view: View) => void;
}): ReactElement {
  return (
    <>
      <PageHead title={WORDS.settings.title} open={open} />
      <PrivacySettings />
      <PageSettings />
      <PasswordSettings />
      <Backup name={account.name} />
      <Doctor />
      <DeleteAccount name={account.name} />
    </>
  );
}
