import { Button, Group, Menu, Modal, Text, useMantineColorScheme } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import type { Session } from "@trestle/api/contract";
import { useInvite, useSignOut } from "../api/queries.ts";
import { Ago } from "../parts/ago.tsx";
import { Icon } from "../parts/icon.tsx";
import { Command, Failure } from "../parts/notice.tsx";
import styles from "./frame.module.css";
import { ThemeItems } from "./theme-switch.tsx";

/** Who is signed in, and what they can do about it. */
export function PersonMenu({ session }: { session: Session }) {
  const [isInviting, { open, close }] = useDisclosure(false);
  const signOut = useSignOut();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const { name, role } = session.person;
  return (
    <>
      <Menu position="bottom-end" withinPortal width={230}>
        <Menu.Target>
          <button type="button" className={styles["bar"]} aria-label={`${name}, ${role}`}>
            <Icon name="person" />
            <span className={styles["wide"]}>{name.slice(0, 24)}</span>
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>
            <bdi>{name}</bdi>, {role}. Session ends <Ago at={session.expiresAt} />.
          </Menu.Label>
          {role === "administrator" ? <Menu.Item onClick={open}>New sign-in link</Menu.Item> : null}
          <Menu.Item onClick={() => signOut.mutate()}>Sign out</Menu.Item>
          <Menu.Divider />
          <Menu.Label>Theme</Menu.Label>
          <ThemeItems chosen={colorScheme} choose={setColorScheme} />
        </Menu.Dropdown>
      </Menu>
      <Modal opened={isInviting} onClose={close} title="New sign-in link">
        <Invitation />
      </Modal>
    </>
  );
}

function Invitation() {
  const invite = useInvite();
  if (invite.data !== undefined) {
    return (
      <>
        <Text mb="sm">
          Works once, for another administrator; valid until <Ago at={invite.data.expiresAt} />. It
          is not shown again.
        </Text>
        <Command>{invite.data.url}</Command>
      </>
    );
  }
  return (
    <>
      <Text mb="md">
        Who opens the link becomes an administrator of this hub and can read every message. Give it
        to one person, on a way that nobody else reads.
      </Text>
      {invite.isError ? <Failure error={invite.error} /> : null}
      <Group justify="flex-end">
        <Button onClick={() => invite.mutate()} loading={invite.isPending}>
          Make the link
        </Button>
      </Group>
    </>
  );
}
