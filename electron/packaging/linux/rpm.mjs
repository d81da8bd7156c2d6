// @ts-check
/** Makes an .rpm with rpmbuild. https://rpm-software-management.github.io/rpm/manual/spec.html */
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { description, installed, sandboxHelper, version } from './layout.mjs';
import { rpmRequires } from './libraries.mjs';
import { runOrThrow } from '../../setup/run-or-throw.mjs';

/**
 * @param {{ root: string, file: string, work: string, quick: boolean }} what root: a laid-out system; work: a
 * folder for rpmbuild, which is replaced, then removed; quick: less compression
 */
export async function makeRpm({ root, file, work, quick }) {
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work, { recursive: true });
  const spec = path.join(work, 'gan-studio.spec');
  writeFileSync(spec, specification(quick ? 3 : 12));
  await runOrThrow(
    'rpmbuild',
    ['-bb', '--target', 'x86_64', '--define', `_topdir ${work}`, '--buildroot', root, '--noclean', spec],
    { cwd: work },
  );
  renameSync(path.join(work, 'RPMS', 'x86_64', `gan-studio-${version}-1.x86_64.rpm`), file);
  rmSync(work, { recursive: true });
}

/** @param {number} level of compression */
function specification(level) {
  return `Name: gan-studio
Version: ${version}
Release: 1
Summary: ${description.split(',')[0]}
License: MIT
AutoReqProv: no
${rpmRequires.map((each) => `Requires: ${each}`).join('\n')}
Recommends: xdg-utils
%global __os_install_post %{nil}
%global _build_id_links none
%global debug_package %{nil}
%global _binary_payload w${level}T2.zstdio

%description
${description}

%files
%defattr(-,root,root,-)
"${installed}"
%attr(4755,root,root) "${sandboxHelper}"
/usr/bin/gan-studio
/usr/share/applications/gan-studio.desktop
/usr/share/metainfo/studio.gan.desktop.metainfo.xml
/usr/share/icons/hicolor/*/apps/gan-studio.*
/usr/share/man/man1/gan-studio.1.gz
/usr/share/doc/gan-studio
`;
}
