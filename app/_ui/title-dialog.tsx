'use client';

import { Button, Group, TextInput } from '@mantine/core';
import { closeModal, openModal } from '@mantine/modals';
import { useState } from 'react';

export interface TitleQuestion {
  heading: string;
  title: string;
  onSave(title: string): void;
}

export function openTitleDialog(options: TitleQuestion): void {
  const modalId = `title-${options.heading}`;
  openModal({
    modalId,
    title: options.heading,
    size: 'sm',
    children: (
      <TitleForm
        title={options.title}
        onSave={(title) => {
          closeModal(modalId);
          if (title !== options.title) options.onSave(title);
        }}
      />
    ),
  });
}

function TitleForm({ title, onSave }: { title: string; onSave(title: string): void }) {
  const [value, setValue] = useState(title);
  const clean = value.trim();
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (clean !== '') onSave(clean);
      }}
    >
      <TextInput
        data-autofocus
        aria-label="Title"
        maxLength={300}
        value={value}
        onChange={(event) => setValue(event.currentTarget.value)}
        onFocus={(event) => event.currentTarget.select()}
      />
      <Group justify="flex-end" mt={12}>
        <Button type="submit" variant="filled" disabled={clean === ''}>
          Save
        </Button>
      </Group>
    </form>
  );
}
