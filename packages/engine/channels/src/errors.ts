import { defineErrors } from "@trestle/base";

export const channelErrors = defineErrors("channels", {
  notFound: {
    failure: "permanent",
    hint: "Check the message's id; it may belong to another hub or be gone by retention.",
  },
  notReplayable: {
    failure: "permanent",
    hint: "Only accepted messages have a result. Ask the sender to correct it and send it again.",
  },
});
