import { smartKeys } from "@trestle/smart/key-settings";

/** How the keys live by which the hub signs in at sites. */
export const keySettings = smartKeys.superRefine((settings, context) => {
  const { cacheSeconds, maxAgeSeconds, rotateEverySeconds } = settings;
  if (maxAgeSeconds > cacheSeconds) {
    context.addIssue({
      code: "custom",
      path: ["maxAgeSeconds"],
      message:
        "sites are told to keep the key set longer than cacheSeconds, so a new key would sign before they read it",
    });
  }
  if (rotateEverySeconds <= cacheSeconds) {
    context.addIssue({
      code: "custom",
      path: ["rotateEverySeconds"],
      message: "a next key would be due before the present one signs, which takes cacheSeconds",
    });
  }
});
