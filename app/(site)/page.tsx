export default function Home() {
  return <main>Netloom</main>;
}
