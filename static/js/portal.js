// The only script of the portal. Everything works without it; it saves keystrokes, double submissions and lost work.
import { Button } from "govuk-frontend/dist/govuk/components/button/button.mjs";
import { CharacterCount } from "govuk-frontend/dist/govuk/components/character-count/character-count.mjs";
import { Checkboxes } from "govuk-frontend/dist/govuk/components/checkboxes/checkboxes.mjs";
import { ErrorSummary } from "govuk-frontend/dist/govuk/components/error-summary/error-summary.mjs";
import { FileUpload } from "govuk-frontend/dist/govuk/components/file-upload/file-upload.mjs";
import { NotificationBanner } from "govuk-frontend/dist/govuk/components/notification-banner/notification-banner.mjs";
import { PasswordInput } from "govuk-frontend/dist/govuk/components/password-input/password-input.mjs";
import { Radios } from "govuk-frontend/dist/govuk/components/radios/radios.mjs";
import { ServiceNavigation } from "govuk-frontend/dist/govuk/components/service-navigation/service-navigation.mjs";
import { SkipLink } from "govuk-frontend/dist/govuk/components/skip-link/skip-link.mjs";
import { createAll } from "govuk-frontend/dist/govuk/init.mjs";
import { guardSubmission } from "./submit.js";
import { startBulk } from "./bulk.js";
import { startKeys } from "./keys.js";
import { startPrint, unfoldOnPaper } from "./print.js";
import { startUnsaved } from "./unsaved.js";
import { startWatched } from "./watched.js";
import { guardUpload } from "./upload.js";

const COMPONENTS = [
  Button, CharacterCount, Checkboxes, ErrorSummary, FileUpload, NotificationBanner, PasswordInput, Radios,
  ServiceNavigation, SkipLink,
];

// Also called for a page that an upload has brought in place of the form.
function start() {
  document.body.classList.add("js-enabled", "govuk-frontend-supported");
  for (const component of COMPONENTS) createAll(component);
  startBulk();
  startKeys();
  startPrint();
  startUnsaved();
  startWatched();
}

start();
guardSubmission();
unfoldOnPaper();
guardUpload(start);
