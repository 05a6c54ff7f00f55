// Asks examples/ai-chat with the hook of npm's AI SDK, and prints each state of the chat as a JSON array.
// node use-chat.mjs <address of the example>
import {useChat} from '@ai-sdk/react';
import {DefaultChatTransport} from 'ai';
import {createElement} from 'react';
import {create} from 'react-test-renderer';

const app = process.argv[2];

// Opens a page with the stored messages of a chat, as docs/ai-answers.md describes it.
function open(storedMessages) {
  let question = storedMessages.findLast(message => message.role === 'user');
  const transport = new DefaultChatTransport({
    prepareSendMessagesRequest: ({messages}) => {
      question = messages.at(-1);
      return {api: `${app}answers/${question.id}`, body: {question}};
    },
    prepareReconnectToStreamRequest: () => ({api: `${app}answers/${question?.id}`})
  });
  const id = crypto.randomUUID();
  const page = {};
  create(createElement(function Page() {
    page.chat = useChat({id, messages: storedMessages, transport, resume: true});
    return null;
  }));
  return page;
}

function text(message) {
  return message?.parts.map(part => part.text ?? '').join('');
}

function print({chat}) {
  const messages = chat.messages.map(message => `${message.role}: ${text(message)}`);
  console.log(JSON.stringify([chat.status, String(chat.error ?? ''), ...messages]));
}

async function until(condition) {
  while (!condition()) await new Promise(resolve => setTimeout(resolve, 10));
}

// The test cuts the connection when it reads the first line.
const first = open([]);
first.chat.sendMessage({text: 'What is SSE?'});
await until(() => first.chat.messages.length === 2 && text(first.chat.messages[1]).length > 50);
print(first);
await until(() => first.chat.status === 'error');
print(first);

// The page is opened again with the stored question.
const reopened = open(first.chat.messages.slice(0, 1));
await until(() => reopened.chat.messages.length === 2 && reopened.chat.status === 'ready');
print(reopened);

// The first page resumes, and then resumes the complete answer.
for (let i = 0; i < 2; i++) {
  await first.chat.resumeStream();
  print(first);
}

// There is nothing to resume.
const unanswered = open([{id: 'unanswered', role: 'user', parts: []}]);
await unanswered.chat.resumeStream();
print(unanswered);
process.exit();
