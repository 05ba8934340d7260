import { defineErrors } from "@trestle/base";

export const accessErrors = defineErrors("access", {
  linkUnknown: {
    failure: "permanent",
    hint: "Copy the whole link, or make a new one with `trestle sign-in`.",
  },
  linkUsed: {
    failure: "permanent",
    hint: "A sign-in link works once. Make a new one with `trestle sign-in`.",
  },
  linkExpired: {
    failure: "permanent",
    hint: "Make a new link with `trestle sign-in`.",
  },
  tooManyAttempts: {
    failure: "transient",
    hint: "Too many sign-in attempts failed. Wait a minute, then use the newest link.",
  },
  tokenNotUsable: {
    failure: "permanent",
    hint: "The application's token needs at least 32 characters and no space. `openssl rand -base64 32` makes one.",
  },
  tokenNotKept: {
    failure: "permanent",
    hint: "Check that the data folder belongs to this user and can be written.",
  },
});
