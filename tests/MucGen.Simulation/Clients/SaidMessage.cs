using MucGen.Xml;

namespace MucGen.Simulation.Clients;

/// <summary>A message that its author got back from the room.</summary>
/// <param name="Room">Where it was said.</param>
/// <param name="Id">The id that the room gave it.</param>
/// <param name="Author">Who said it, by bare JID.</param>
/// <param name="Body">What it said, which is said once only.</param>
internal sealed record SaidMessage(Jid Room, string Id, Jid Author, string Body);
