namespace MucGen.Server.Configuration;

/// <summary>The server cannot be set as the configuration says; the message names every key with its value and says what to give instead.</summary>
public sealed class SettingsException : Exception
{
    /// <summary>Creates the error of one or more problems.</summary>
    public SettingsException(IReadOnlyList<SettingProblem> problems) : base(string.Join(Environment.NewLine, problems)) => Problems = problems;

    /// <summary>Creates the error with its cause.</summary>
    public SettingsException(string message, Exception innerException) : base(message, innerException)
    {
    }

    /// <summary>Creates the error with a message for the operator.</summary>
    public SettingsException(string message) : base(message)
    {
    }

    /// <summary>Creates the error without a message.</summary>
    public SettingsException()
    {
    }

    /// <summary>What is wrong, setting by setting.</summary>
    public IReadOnlyList<SettingProblem> Problems { get; } = [];
}
