namespace MucGen.Requirements.Citing;

/// <summary>A test says that it proves a requirement.</summary>
/// <param name="Id">The requirement's id.</param>
/// <param name="Place">The file, from the root of the repository, and in code the line.</param>
public sealed record Citation(string Id, string Place);
