import { defineErrors } from "@trestle/base";

export const journalErrors = defineErrors("journal", {
  notStored: {
    failure: "transient",
    hint: "Nothing was stored and the sender was told so. Free space on the disk of the data folder.",
  },
  tooManyLinks: {
    failure: "permanent",
    hint: "Each pair of sending application and facility is a link. Raise maxLinks of the listener, or look who sends.",
  },
  outOfOrder: {
    failure: "permanent",
    hint: "Outputs must follow the cursor without a gap. This is a defect: report it.",
  },
});
